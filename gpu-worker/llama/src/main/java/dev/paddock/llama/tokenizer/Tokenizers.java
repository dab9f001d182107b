package dev.paddock.llama.tokenizer;

import dev.paddock.llama.config.UnsupportedModelException;
import java.nio.file.Path;

/** Opens the tokenizer that lies with a model. */
public final class Tokenizers {
    private Tokenizers() {}

    /**
     * Opens the tokenizer of a Hugging Face folder ({@code tokenizer.json}), a {@code .gguf} file, or a folder that holds one
     * {@code .gguf}.
     *
     * @throws dev.paddock.llama.config.UnsupportedModelException naming the kind of tokenizer that is not there
     * @throws dev.paddock.llama.config.MalformedModelFileException for a file that breaks its format
     */
    public static Tokenizer of(Path path) {
        if (path.toString().isEmpty()) {
            throw new UnsupportedModelException("nothing");
        }
        throw new UnsupportedOperationException("on its way");
    }
}
