package dev.paddock.local.cli;

import dev.paddock.local.home.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
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
            description = {
                "Writes a version's files: an adapter in PEFT's layout, a base as a Hugging Face folder,",
                "or with --gguf one file as llama.cpp reads it."
            })
    int download(
            @Parameters(paramLabel = "ID") String id,
            @Parameters(
                            paramLabel = "TARGET",
                            description = "A folder, or with --gguf a file, that does not exist yet.")
                    Path target,
            @Option(names = "--as-imported", description = "The files as they were stored; GGUF stays GGUF.")
                    boolean asImported,
            @Option(names = "--gguf", description = "One GGUF file; an adapter by itself unless --merged.")
                    boolean gguf,
            @Option(
                            names = "--type",
                            description =
                                    "What matrices become with --gguf: as_stored, f32, f16, bf16, q8_0, q4_1 or q4_0.")
                    @Nullable String type,
            @Option(names = "--merged", description = "With --gguf, an adapter merged into its base.") boolean merged) {
        if (Files.exists(target)) {
            throw new UserError(target + " exists already. Name a new one.");
        }
        String query = VersionDownload.query(asImported, gguf, type, merged);
        try (InputStream in =
                LocalSuite.running().as("engineer").download("/api/v1/versions/" + id + "/download" + query)) {
            if (gguf) {
                VersionDownload.file(in, target);
            } else {
                VersionDownload.unpack(in, target);
            }
        } catch (IOException e) {
            throw new UserError("the download to " + target + " failed: " + e.getMessage(), e);
        }
        spec.commandLine().getOut().println(target);
        return 0;
    }
}
