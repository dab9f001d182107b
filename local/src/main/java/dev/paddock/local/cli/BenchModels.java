package dev.paddock.local.cli;

import dev.paddock.benchmarks.peer.PeerEnvironment;
import dev.paddock.benchmarks.peer.PeerSetting;
import dev.paddock.local.home.Home;
import dev.paddock.local.home.UserError;
import dev.paddock.local.model.ModelCatalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which model is measured, and where the peers and their copy of it are. */
final class BenchModels {
    @Option(
            names = "--model",
            paramLabel = "PATH",
            description = "A Hugging Face folder or .gguf file. Default: the default base, pulled where it is missing.")
    private @Nullable Path model;

    @Option(
            names = "--peers",
            description =
                    "First set the peers up, in a virtual environment under PADDOCK_HOME/bench (Python 3.10 or later, network).")
    private boolean setUp;

    @Option(names = "--venv", paramLabel = "FOLDER", description = "A virtual environment that has the peers already.")
    private @Nullable Path venv;

    @Option(
            names = "--peer-model",
            paramLabel = "PATH",
            description = "What the peers read. Default: the model itself.")
    private @Nullable Path peerModel;

    /** Both sides' models. */
    record Found(Path model, @Nullable PeerSetting peer) {}

    Found find(Home home, Console console) {
        Path ours = existing("--model", model == null ? pulled(home, console) : model);
        Optional<Path> python = python(home, console);
        if (python.isEmpty()) {
            return new Found(ours, null);
        }
        Path theirs = peerModel == null ? ours : existing("--peer-model", peerModel);
        return new Found(
                ours, new PeerSetting(python.get().toString(), scripts().toString(), theirs.toString()));
    }

    private static Path pulled(Home home, Console console) {
        ModelCatalogue catalogue = ModelCatalogue.of(home);
        return ModelCommand.pull(home, catalogue.require(catalogue.defaultModel()), console)
                .path();
    }

    private Optional<Path> python(Home home, Console console) {
        if (venv != null) {
            return Optional.of(new PeerEnvironment(venv)
                    .python()
                    .orElseThrow(
                            () -> new UserError("--venv " + venv + " holds no Python: name a virtual environment")));
        }
        PeerEnvironment own = new PeerEnvironment(home.bench().resolve("venv"));
        if (setUp) {
            own.setUp(scripts().resolve("requirements.txt"), console::line);
        }
        return own.complete() ? own.python() : Optional.empty();
    }

    private static Path scripts() {
        String checkout = System.getenv("PADDOCK_CHECKOUT");
        return existing("the peers' scripts", Path.of(checkout == null ? "." : checkout, "benchmarks", "peers"));
    }

    private static Path existing(String what, Path path) {
        if (!Files.exists(path)) {
            throw new UserError(what + ": " + path + " is not there");
        }
        return path.toAbsolutePath().normalize();
    }
}
