package dev.paddock.llama.tokenizer;

import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.weights.Gguf;
import dev.paddock.llama.weights.ModelFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Opens the tokenizer that lies with a model. */
public final class Tokenizers {
    private Tokenizers() {}

    /**
     * Opens the tokenizer of a Hugging Face folder ({@code tokenizer.json}), a {@code .gguf} file, or a folder that holds one
     * {@code .gguf}.
     *
     * @throws UnsupportedModelException naming the kind of tokenizer that is not there
     * @throws dev.paddock.llama.config.MalformedModelFileException for a file that breaks its format
     */
    public static Tokenizer of(Path path) {
        Optional<Path> gguf = ModelFiles.gguf(path);
        if (gguf.isEmpty()) {
            return HuggingFaceTokenizers.open(path);
        }
        try (Gguf file = Gguf.open(gguf.get())) {
            return ofMetadata(file.metadata());
        }
    }

    /** Builds the tokenizer that GGUF metadata describes. */
    public static Tokenizer ofMetadata(Map<String, Object> metadata) {
        GgufTokens tokens = GgufTokens.of(metadata);
        return tokens.pieces() ? GgufSentencePieces.open(tokens) : GgufBytePairs.open(tokens);
    }
}
