package dev.paddock.llama.tokenizer;

import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Reads the vocabulary of a {@code tokenizer.json}. */
final class HuggingFaceVocabulary {
    private static final int MOST_TOKENS = 1 << 24;

    private HuggingFaceVocabulary() {}

    /** @param templates text of the chat templates, whose added tokens are guarded */
    static Vocabulary read(JsonNode definition, String templates) {
        String model = definition.path("model").path("type").asString("(missing)");
        if (!model.equals("BPE")) {
            throw new UnsupportedModelException("tokenizer model is " + model + "; supported is BPE");
        }
        Function<String, byte[]> bytes = decoder(definition.path("decoder"));
        Map<Integer, Token> tokens = new HashMap<>();
        definition.path("model").path("vocab").properties().forEach(entry -> {
            String text = entry.getKey();
            tokens.put(id(text, entry.getValue()), new Token(text, bytes.apply(text), false, false));
        });
        for (JsonNode added : definition.path("added_tokens")) {
            String text = added.path("content").asString("");
            boolean special = added.path("special").asBoolean(false);
            boolean guarded = Token.guarded(text, special, templates);
            byte[] written = text.getBytes(StandardCharsets.UTF_8);
            tokens.put(id(text, added.path("id")), new Token(text, written, special, guarded));
        }
        return new Vocabulary(tokens);
    }

    /** Whether the decoder takes away a text's first space. */
    static boolean stripsLeadingSpace(JsonNode definition) {
        for (JsonNode step : steps(definition.path("decoder"))) {
            boolean strip = step.path("type").asString("").equals("Strip")
                    && step.path("start").asInt(0) > 0;
            boolean metaspace = step.path("type").asString("").equals("Metaspace")
                    && !step.path("prepend_scheme").asString("").equals("never");
            if (strip || metaspace) {
                return true;
            }
        }
        return false;
    }

    private static Function<String, byte[]> decoder(JsonNode decoder) {
        for (JsonNode step : steps(decoder)) {
            String type = step.path("type").asString("");
            if (type.equals("ByteLevel")) {
                return ByteLevel::decode;
            }
            if (type.equals("ByteFallback") || type.equals("Metaspace")) {
                return SentencePieces::decode;
            }
        }
        throw new UnsupportedModelException(
                "tokenizer decoder is " + decoder + "; supported are ByteLevel, ByteFallback and Metaspace");
    }

    static List<JsonNode> steps(JsonNode decoder) {
        return decoder.path("type").asString("").equals("Sequence")
                ? decoder.path("decoders").valueStream().toList()
                : List.of(decoder);
    }

    private static int id(String text, JsonNode id) {
        if (!id.canConvertToInt() || !id.isIntegralNumber() || id.intValue() < 0 || id.intValue() >= MOST_TOKENS) {
            throw new MalformedModelFileException(
                    "id of token " + text + " is " + id + "; it must lie within 0 and " + (MOST_TOKENS - 1));
        }
        return id.intValue();
    }
}
