package dev.paddock.llama.weights;

import dev.paddock.llama.config.UnsupportedModelException;
import java.nio.file.Path;

/** Finds out what kind of model files a path holds and opens them. */
public final class ModelFiles {
    private ModelFiles() {}

    /**
     * Opens a Hugging Face folder ({@code config.json} and one or sharded safetensors), a {@code .gguf} file, or a folder that
     * holds one {@code .gguf}.
     *
     * @throws dev.paddock.llama.config.UnsupportedModelException for a model that the engine does not have
     * @throws dev.paddock.llama.config.MalformedModelFileException for a file that breaks its format
     */
    public static WeightSource open(Path path) {
        if (path.toString().isEmpty()) {
            throw new UnsupportedModelException("nothing");
        }
        throw new UnsupportedOperationException("on its way");
    }
}
