package dev.paddock.worker.jobs;

import dev.paddock.contracts.event.ArtifactKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a method left: an adapter in PEFT's layout, or a whole model as a Hugging Face folder or GGUF file. */
final class ResultFolder {
    private ResultFolder() {}

    /** @throws IllegalStateException for a folder that is neither, or a model that cannot be served by itself */
    static ArtifactKind kind(Path folder) throws IOException {
        if (Files.exists(folder.resolve("adapter_config.json"))) {
            return ArtifactKind.ADAPTER;
        }
        boolean tokenizer =
                Files.exists(folder.resolve("tokenizer.json")) || Files.exists(folder.resolve("tokenizer.model"));
        boolean whole = Files.exists(folder.resolve("config.json")) && tokenizer && has(folder, ".safetensors");
        if (whole || has(folder, ".gguf")) {
            return ArtifactKind.MODEL;
        }
        try (Stream<Path> files = Files.list(folder)) {
            throw new IllegalStateException(
                    "the method left %s: neither an adapter_config.json nor a config.json with a"
                                    .formatted(
                                            files.map(file -> file.getFileName().toString())
                                                    .sorted()
                                                    .toList())
                            + " tokenizer and safetensors or a .gguf");
        }
    }

    private static boolean has(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(ending));
        }
    }
}
