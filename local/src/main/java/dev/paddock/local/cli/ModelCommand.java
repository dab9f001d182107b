package dev.paddock.local.cli;

import dev.paddock.kit.artifacts.FolderArtifactStore;
import dev.paddock.local.home.Home;
import dev.paddock.local.home.UserError;
import dev.paddock.local.model.ModelCatalogue;
import dev.paddock.local.model.ModelCatalogue.Model;
import dev.paddock.local.model.ModelImport;
import dev.paddock.local.model.ModelPuller;
import dev.paddock.local.model.ModelPuller.Pulled;
import dev.paddock.local.model.StarterGuard;
import dev.paddock.local.model.StarterPolicy;
import dev.paddock.worker.guard.GuardRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Base models. */
@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(pull | list | make-tiny)",
        description = "Base models: where they come from stands in models.yml.")
final class ModelCommand {
    @Spec
    private CommandSpec spec;

    @Command(
            name = "pull",
            mixinStandardHelpOptions = true,
            description =
                    "Brings a base model from the first source that has it and registers it on record. Goes on where it stopped.")
    int pull(
            @Parameters(
                            paramLabel = "ID",
                            arity = "0..1",
                            description = "A name from models.yml; without it the default base.")
                    @Nullable String id,
            @Option(
                            names = "--from",
                            paramLabel = "PATH",
                            description =
                                    "A Hugging Face folder or .gguf file on this machine, before every other source.")
                    @Nullable Path from) {
        LocalSuite suite = LocalSuite.running();
        ModelCatalogue catalogue = ModelCatalogue.of(suite.home());
        String name = id == null ? catalogue.defaultModel() : id;
        Console console = new Console(spec.commandLine().getOut());
        Pulled pulled = from == null
                ? pull(suite.home(), catalogue.require(name), console)
                : new Pulled(name, from, "folder " + from, "not stated");
        JsonNode version = register(suite, pulled, console);
        console.line(name + "  " + version.path("id").asString() + "  "
                + version.path("digest").asString() + "  from " + pulled.source());
        return 0;
    }

    @Command(
            name = "make-tiny",
            mixinStandardHelpOptions = true,
            description =
                    "Makes the tiny model that comes with the suite anew: writes text, learns a vocabulary and trains from nothing, in one thread. "
                            + "The same kind of CPU gives the same bytes.")
    int makeTiny(
            @Option(names = "--output", required = true, paramLabel = "FOLDER", description = "A new folder for it.")
                    Path output) {
        if (Files.exists(output)) {
            throw new UserError("--output " + output + " is there already: choose a new folder");
        }
        Console console = new Console(spec.commandLine().getOut());
        try {
            dev.paddock.llama.tiny.TinyModel.make(output, console::line);
            console.line(GuardRecipe.digest(output) + "  " + output);
            return 0;
        } catch (IOException e) {
            throw new UserError("cannot write " + output + ": " + e.getMessage(), e);
        }
    }

    static Pulled pull(Home home, Model model, Console console) {
        console.line("pulling " + model.name());
        return new ModelPuller(home, console).pull(model);
    }

    /** Registers the base and, where the suite brings a starter guard that was made for these very files, the guard. */
    static JsonNode register(LocalSuite suite, Pulled pulled, Console console) {
        Home home = suite.home();
        ModelImport imports =
                new ModelImport(new FolderArtifactStore(home.artifacts()), suite.as("platform"), home.temporary());
        JsonNode base = imports.base(pulled);
        String guard = StarterGuard.ofCheckout()
                .register(base, imports, new StarterPolicy(suite.as("safety")))
                .orElse(
                        "no starter guard was made for these files: make one with 'paddock guard train', or register a measured compatible base");
        console.line("  " + guard);
        return base;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the models that can be pulled and the base versions that are registered.")
    int list() {
        ModelCatalogue catalogue = ModelCatalogue.of(Home.fromEnvironment());
        var out = spec.commandLine().getOut();
        out.println("to pull:");
        catalogue
                .models()
                .values()
                .forEach(model -> out.printf("  %-26s %-12s %s%n", model.name(), model.licence(), model.about()));
        out.println("registered:");
        for (JsonNode base : LocalSuite.running()
                .as("platform")
                .get("/api/v1/bases?limit=200")
                .path("items")) {
            out.printf(
                    "  %-26s %s  %s%n",
                    base.path("name").asString(),
                    base.path("id").asString(),
                    base.path("digest").asString());
        }
        return 0;
    }
}
