package dev.paddock.local.cli;

import dev.paddock.local.home.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Model versions. */
@Command(
        name = "version",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(list | download)",
        description = "Model versions: bases, adapters, guards.")
final class VersionCommand {
    @Spec
    private CommandSpec spec;

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the versions, newest first.")
    int list() {
        String cursor = "";
        do {
            JsonNode page = LocalSuite.running()
                    .as("engineer")
                    .get("/api/v1/versions?limit=200" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            for (JsonNode version : page.path("items")) {
                spec.commandLine()
                        .getOut()
                        .printf(
                                "%s  %-8s %-10s %s%n",
                                version.path("id").asString(),
                                version.path("kind").asString(),
                                version.path("state").asString(),
                                version.path("name").asString());
            }
            cursor = page.path("next").asString("");
        } while (!cursor.isEmpty());
        return 0;
    }

    @Command(
            name = "download",
            mixinStandardHelpOptions = true,
            description =
                    "Writes a version's files to a folder: an adapter in PEFT's layout, a base as a Hugging Face folder.")
    int download(
            @Parameters(paramLabel = "ID") String id,
            @Parameters(paramLabel = "FOLDER", description = "A folder that does not exist yet.") Path folder,
            @Option(names = "--as-imported", description = "The files as they were stored; GGUF stays GGUF.")
                    boolean asImported) {
        if (Files.exists(folder)) {
            throw new UserError(folder + " exists already. Name a new folder.");
        }
        try (InputStream in = LocalSuite.running()
                        .as("engineer")
                        .download("/api/v1/versions/" + id + "/download" + (asImported ? "?format=IMPORTED" : ""));
                ZipInputStream zip = new ZipInputStream(in)) {
            Files.createDirectories(folder);
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder.normalize())) {
                    throw new UserError("the archive names a path outside its folder: " + entry.getName());
                }
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.copy(zip, target);
            }
        } catch (IOException e) {
            throw new UserError("the download to " + folder + " failed: " + e.getMessage(), e);
        }
        spec.commandLine().getOut().println(folder);
        return 0;
    }
}
