package dev.paddock.llama.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.paddock.llama.config.MalformedModelFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Encodes with the {@code tokenizers} library. Ordinary text goes through a second instance that knows special tokens by their
 * hidden names alone, made when first needed.
 */
final class NativeEncoder implements TextEncoder {
    private static final Map<String, String> OPTIONS =
            Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

    private final HiddenTokens hidden = new HiddenTokens();
    private final ObjectNode definition;
    private final Set<String> guarded;
    private final HuggingFaceTokenizer parsing;
    private @Nullable HuggingFaceTokenizer ordinary;

    /**
     * Takes a {@code tokenizer.json}, whose truncation and padding are left aside.
     *
     * @param guarded tokens that ordinary text cannot write
     */
    NativeEncoder(ObjectNode definition, Set<String> guarded) {
        this.guarded = Set.copyOf(guarded);
        this.definition = definition.deepCopy();
        this.definition.putNull("truncation");
        this.definition.putNull("padding");
        this.parsing = open(this.definition);
    }

    @Override
    public int[] encode(String text, boolean special) {
        HuggingFaceTokenizer tokenizer = special ? parsing : ordinary();
        return Arrays.stream(tokenizer.encode(text, false, false).getIds())
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    @Override
    public String hidden(int id) {
        return hidden.name(id);
    }

    private synchronized HuggingFaceTokenizer ordinary() {
        HuggingFaceTokenizer made = ordinary;
        if (made == null) {
            made = open(hidden.in(definition, guarded));
            ordinary = made;
        }
        return made;
    }

    private static HuggingFaceTokenizer open(ObjectNode definition) {
        byte[] json = JsonMapper.shared().writeValueAsBytes(definition);
        try {
            return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), OPTIONS);
        } catch (IOException | RuntimeException failure) {
            throw new MalformedModelFileException("tokenizer.json is refused: " + failure.getMessage(), failure);
        }
    }

    @Override
    public synchronized void close() {
        parsing.close();
        if (ordinary != null) {
            ordinary.close();
        }
    }
}
