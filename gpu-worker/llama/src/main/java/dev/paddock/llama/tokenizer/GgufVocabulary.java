package dev.paddock.llama.tokenizer;

import dev.paddock.llama.config.UnsupportedModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The vocabulary of a {@code tokenizer.json} as the keys of GGUF's {@code tokenizer.ggml}. */
final class GgufVocabulary {
    private static final long UNUSED = 5;
    private static final Pattern BYTE = Pattern.compile("<0x[0-9A-F]{2}>");

    private final String[] tokens;
    private final long[] types;

    private GgufVocabulary(JsonNode definition, int rows) {
        tokens = new String[rows];
        types = new long[rows];
        for (int id = 0; id < rows; id++) {
            tokens[id] = "[PAD" + id + "]";
            types[id] = UNUSED;
        }
        definition
                .path("model")
                .path("vocab")
                .properties()
                .forEach(entry -> put(entry.getValue().asInt(), entry.getKey(), GgufTokens.NORMAL));
        for (JsonNode added : definition.path("added_tokens")) {
            boolean special = added.path("special").asBoolean(false);
            String text = added.path("content").asString("");
            put(added.path("id").asInt(), text, special ? GgufTokens.CONTROL : GgufTokens.USER_DEFINED);
        }
    }

    private void put(int id, String text, int type) {
        if (id >= tokens.length) {
            throw new UnsupportedModelException(
                    "token " + text + " has id " + id + " and the embedding has " + tokens.length + " rows");
        }
        tokens[id] = text;
        types[id] = type;
    }

    /** Byte-level BPE ({@code gpt2}). */
    static Map<String, Object> bytePairs(JsonNode definition, int rows) {
        GgufVocabulary vocabulary = new GgufVocabulary(definition, rows);
        JsonNode model = definition.path("model");
        boolean ignoresMerges = model.path("ignore_merges").asBoolean(false);
        JsonNode cut = definition.path("pre_tokenizer");
        if (!definition.path("normalizer").isNull() && definition.has("normalizer")) {
            throw new UnsupportedModelException(
                    "the tokenizer's normalizer is " + definition.path("normalizer") + "; GGUF's gpt2 has none");
        }
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("model", "gpt2");
        keys.put(
                "pre",
                PreTokenizer.name(cut, ignoresMerges)
                        .orElseThrow(() -> new UnsupportedModelException("the tokenizer's pre_tokenizer is " + cut
                                + " with ignore_merges " + ignoresMerges + "; that is none of the cuts which GGUF names"
                                + " smollm, gpt-2, llama-bpe and default")));
        keys.putAll(vocabulary.keys());
        keys.put("merges", merges(model));
        return keys;
    }

    /** SentencePiece ({@code llama}): a piece's score is the less, the later its merge comes. */
    static Map<String, Object> pieces(JsonNode definition, int rows) {
        GgufVocabulary vocabulary = new GgufVocabulary(definition, rows);
        String unknown = definition.path("model").path("unk_token").asString("");
        for (int id = 0; id < rows; id++) {
            if (vocabulary.tokens[id].equals(unknown)) {
                vocabulary.types[id] = GgufTokens.UNKNOWN;
            } else if (vocabulary.types[id] == GgufTokens.NORMAL
                    && BYTE.matcher(vocabulary.tokens[id]).matches()) {
                vocabulary.types[id] = GgufTokens.BYTE;
            }
        }
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("model", "llama");
        keys.put("pre", "default");
        keys.putAll(vocabulary.keys());
        keys.put("scores", vocabulary.scores(merges(definition.path("model"))));
        keys.put("add_space_prefix", HuggingFaceVocabulary.stripsLeadingSpace(definition));
        return keys;
    }

    private Map<String, Object> keys() {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("tokens", List.of(tokens));
        keys.put("token_type", Arrays.stream(types).boxed().toList());
        return keys;
    }

    private List<Double> scores(List<String> merges) {
        Map<String, Double> ranks = new HashMap<>();
        for (int rank = 0; rank < merges.size(); rank++) {
            ranks.putIfAbsent(merges.get(rank).replaceFirst("(?<=.) ", ""), (double) -rank);
        }
        List<Double> scores = new ArrayList<>();
        for (String token : tokens) {
            scores.add(ranks.getOrDefault(token, (double) -merges.size()));
        }
        return scores;
    }

    /** Two tokens with a space between, the first merge first. */
    private static List<String> merges(JsonNode model) {
        return model.path("merges")
                .valueStream()
                .map(merge -> merge.isString()
                        ? merge.stringValue()
                        : merge.path(0).asString() + " " + merge.path(1).asString())
                .toList();
    }
}
