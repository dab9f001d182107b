package dev.paddock.llama.tokenizer;

import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The tokenizer's keys of GGUF metadata. */
record GgufTokens(Map<String, Object> metadata, List<String> tokens) {
    static final int NORMAL = 1;
    static final int UNKNOWN = 2;
    static final int CONTROL = 3;
    static final int USER_DEFINED = 4;
    static final int BYTE = 6;

    static GgufTokens of(Map<String, Object> metadata) {
        List<String> tokens = list(metadata, "tokens", String.class);
        GgufTokens read = new GgufTokens(metadata, tokens);
        if (tokens.isEmpty() || (read.has("token_type") && read.types().size() != tokens.size())) {
            throw new MalformedModelFileException("tokenizer.ggml.tokens has " + tokens.size()
                    + " tokens; it must have some, and as many as token_type");
        }
        return read;
    }

    boolean has(String key) {
        return metadata.containsKey("tokenizer.ggml." + key);
    }

    List<Long> types() {
        return list(metadata, "token_type", Long.class);
    }

    /** A token's kind; without {@code token_type} all are normal. */
    int type(int id) {
        return has("token_type") && metadata.get("tokenizer.ggml.token_type") instanceof List<?> types
                ? ((Long) types.get(id)).intValue()
                : NORMAL;
    }

    /** The first token of a kind. */
    Optional<Integer> first(int kind) {
        return IntStream.range(0, tokens.size())
                .filter(id -> type(id) == kind)
                .boxed()
                .findFirst();
    }

    /** The {@code added_tokens} of a {@code tokenizer.json}: tokens that no merge makes. */
    ArrayNode addedTokens() {
        ArrayNode added = JsonNodeFactory.instance.arrayNode();
        for (int id = 0; id < tokens.size(); id++) {
            int type = type(id);
            boolean special = type == CONTROL || type == UNKNOWN;
            if (special || type == USER_DEFINED) {
                ObjectNode token = added.addObject().put("id", id).put("content", tokens.get(id));
                token.put("single_word", false).put("lstrip", false).put("rstrip", false);
                token.put("normalized", false).put("special", special);
            }
        }
        return added;
    }

    List<String> merges() {
        return list(metadata, "merges", String.class);
    }

    List<Double> scores() {
        return list(metadata, "scores", Double.class);
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(metadata.get("tokenizer.ggml." + key)).map(Object::toString);
    }

    boolean flag(String key, boolean otherwise) {
        return metadata.getOrDefault("tokenizer.ggml." + key, otherwise) instanceof Boolean flag ? flag : otherwise;
    }

    /** Whether this is a SentencePiece tokenizer; else it is a byte-level BPE. */
    boolean pieces() {
        Object model = metadata.get("tokenizer.ggml.model");
        return switch (String.valueOf(model)) {
            case "llama" -> true;
            case "gpt2" -> false;
            default ->
                throw new UnsupportedModelException(
                        "tokenizer.ggml.model is " + model + "; supported are gpt2 and llama");
        };
    }

    PreTokenizer split() {
        return PreTokenizer.of(text("pre").orElse("default"));
    }

    /** Whether plain text is begun with the first token: as the file says, else as its kind of tokenizer does. */
    boolean addsBos() {
        return flag("add_bos_token", pieces() || split().addsBos());
    }

    Optional<String> chatTemplate() {
        return Optional.ofNullable(metadata.get("tokenizer.chat_template")).map(Object::toString);
    }

    Optional<String> toolTemplate() {
        return Optional.ofNullable(metadata.get("tokenizer.chat_template.tool_use"))
                .map(Object::toString);
    }

    /** Text of all chat templates. */
    String templates() {
        return chatTemplate().orElse("") + toolTemplate().orElse("");
    }

    /** Ids that end an answer. */
    Set<Integer> endIds() {
        Set<Integer> ends = new HashSet<>();
        for (String key : List.of("eos_token_id", "eot_token_id", "eom_token_id")) {
            id(key).ifPresent(ends::add);
        }
        for (String turnEnd : List.of("<|im_end|>", "<|eot_id|>", "<|eom_id|>")) {
            int id = tokens.indexOf(turnEnd);
            if (id >= 0 && type(id) == CONTROL) {
                ends.add(id);
            }
        }
        return ends;
    }

    TokenizerSettings settings(boolean stripsLeadingSpace) {
        return new TokenizerSettings(
                id("bos_token_id"),
                id("eos_token_id"),
                endIds(),
                addsBos(),
                stripsLeadingSpace,
                chatTemplate(),
                toolTemplate());
    }

    Optional<Integer> id(String key) {
        Object value = metadata.get("tokenizer.ggml." + key);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof Long id) || id < 0 || id >= tokens.size()) {
            throw new MalformedModelFileException(
                    "tokenizer.ggml." + key + " is " + value + "; it must be an id below " + tokens.size());
        }
        return Optional.of(id.intValue());
    }

    private static <T> List<T> list(Map<String, Object> metadata, String key, Class<T> kind) {
        Object value = metadata.get("tokenizer.ggml." + key);
        if (!(value instanceof List<?> elements) || !elements.stream().allMatch(kind::isInstance)) {
            throw new MalformedModelFileException(
                    "tokenizer.ggml." + key + " is missing or no list of " + kind.getSimpleName());
        }
        return elements.stream().map(kind::cast).toList();
    }
}
