package dev.paddock.llama.weights;

import dev.paddock.llama.config.UnsupportedModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out what kind of model files a path holds and opens them. */
public final class ModelFiles {
    private ModelFiles() {}

    /**
     * Opens a Hugging Face folder ({@code config.json} and one or sharded safetensors), a {@code .gguf} file, or a folder that
     * holds one {@code .gguf}.
     *
     * @throws UnsupportedModelException for a model that the engine does not have
     * @throws dev.paddock.llama.config.MalformedModelFileException for a file that breaks its format
     */
    public static WeightSource open(Path path) {
        Optional<Path> gguf = gguf(path);
        return gguf.isPresent() ? GgufWeights.open(gguf.get()) : HuggingFaceWeights.open(path);
    }

    /**
     * Opens the decoder of a classifier: a Hugging Face folder whose model has a head in the place of an output matrix, which is
     * left out.
     *
     * @throws UnsupportedModelException for a model that the engine does not have, or that is no classifier
     * @throws dev.paddock.llama.config.MalformedModelFileException for a file that breaks its format
     */
    public static WeightSource openClassifier(Path folder) {
        return HuggingFaceWeights.openClassifier(folder);
    }

    /** The GGUF file that a path is or holds; empty for a Hugging Face folder. */
    public static Optional<Path> gguf(Path path) {
        if (Files.isRegularFile(path)) {
            return Optional.of(path);
        }
        if (Files.exists(path.resolve("config.json"))) {
            return Optional.empty();
        }
        List<Path> found = ggufs(path);
        if (found.size() != 1) {
            throw new UnsupportedModelException(path + " holds no config.json and " + found.size()
                    + " .gguf files; it must be a Hugging Face folder or hold one .gguf");
        }
        return Optional.of(found.get(0));
    }

    private static List<Path> ggufs(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".gguf")).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
