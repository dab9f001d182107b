package dev.paddock.llama.tokenizer;

import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.weights.Gguf;
import dev.paddock.llama.weights.JsonFiles;
import dev.paddock.llama.weights.ModelFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The tokenizer and chat template of a model as GGUF metadata; {@link Tokenizers#ofMetadata} is the way back. */
public final class GgufTokenizerMetadata {
    private static final String PREFIX = "tokenizer.ggml.";
    private static final List<String> FURTHER_ENDS = List.of("eot_token_id", "eom_token_id");

    private GgufTokenizerMetadata() {}

    /**
     * Keys that begin with {@code tokenizer}: a GGUF file's own, or those that a Hugging Face folder's files amount to.
     *
     * @param rows rows of the embedding; each becomes a token
     * @throws UnsupportedModelException naming what of the tokenizer has no form in GGUF
     */
    public static Map<String, Object> of(Path model, int rows) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        Optional<Path> gguf = ModelFiles.gguf(model);
        if (gguf.isPresent()) {
            try (Gguf file = Gguf.open(gguf.get())) {
                file.metadata().entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith("tokenizer."))
                        .forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
            }
            return metadata;
        }
        try (Tokenizer tokenizer = Tokenizers.of(model)) {
            JsonNode definition = JsonFiles.read(model.resolve("tokenizer.json"));
            vocabulary(definition, rows).forEach((key, value) -> metadata.put(PREFIX + key, value));
            ids(model, tokenizer).forEach((key, value) -> metadata.put(PREFIX + key, value));
            tokenizer.chatTemplate().ifPresent(template -> metadata.put("tokenizer.chat_template", template));
            tokenizer.toolTemplate().ifPresent(template -> metadata.put("tokenizer.chat_template.tool_use", template));
        }
        return metadata;
    }

    private static Map<String, Object> vocabulary(JsonNode definition, int rows) {
        boolean byteLevel = HuggingFaceVocabulary.steps(definition.path("decoder")).stream()
                .anyMatch(step -> step.path("type").asString("").equals("ByteLevel"));
        return byteLevel ? GgufVocabulary.bytePairs(definition, rows) : GgufVocabulary.pieces(definition, rows);
    }

    private static Map<String, Object> ids(Path folder, Tokenizer tokenizer) {
        Map<String, Object> ids = new LinkedHashMap<>();
        tokenizer.bos().ifPresent(id -> ids.put("bos_token_id", (long) id));
        TreeSet<Integer> ends = new TreeSet<>(tokenizer.endIds());
        tokenizer.eos().or(() -> ends.stream().findFirst()).ifPresent(id -> {
            ids.put("eos_token_id", (long) id);
            ends.remove(id);
        });
        List<Integer> others = new ArrayList<>(ends);
        if (others.size() > FURTHER_ENDS.size()) {
            throw new UnsupportedModelException(
                    "the model ends answers with " + tokenizer.endIds() + "; GGUF has room for three such tokens");
        }
        for (int i = 0; i < others.size(); i++) {
            ids.put(FURTHER_ENDS.get(i), (long) others.get(i));
        }
        named(folder, "unk_token", tokenizer).ifPresent(id -> ids.put("unknown_token_id", id));
        named(folder, "pad_token", tokenizer).ifPresent(id -> ids.put("padding_token_id", id));
        ids.put("add_bos_token", tokenizer.addsBos());
        return ids;
    }

    private static Optional<Long> named(Path folder, String field, Tokenizer tokenizer) {
        Path file = folder.resolve("tokenizer_config.json");
        JsonNode config = Files.exists(file) ? JsonFiles.read(file) : JsonNodeFactory.instance.objectNode();
        JsonNode token = config.path(field);
        String text = token.isObject() ? token.path("content").asString("") : token.asString("");
        return tokenizer.id(text).stream().mapToObj(id -> (long) id).findFirst();
    }
}
