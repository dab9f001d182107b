package dev.paddock.llama.tokenizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A byte-level vocabulary that was learnt, with the pre-tokenizer that {@link BytePairTrainer} learns with.
 *
 * @param special special tokens, whose ids are the first
 * @param merges pairs in the order in which they are merged
 */
public record ByteLevelTokenizer(List<String> special, List<List<String>> merges) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The template of conversations whose turns stand between {@code <|im_start|>} and {@code <|im_end|>}: ChatML. */
    public static final String CHAT_TEMPLATE =
            "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + "
                    + "message['content'] + '<|im_end|>' + '\n'}}{% endfor %}"
                    + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

    public ByteLevelTokenizer {
        special = List.copyOf(special);
        merges = List.copyOf(merges);
    }

    /**
     * Learns a vocabulary.
     *
     * @param size most tokens, the special ones and 256 bytes among them; fewer where the texts have no pair twice
     */
    public static ByteLevelTokenizer train(Iterable<String> texts, List<String> special, int size) {
        int merges = size - special.size() - BytePairTrainer.alphabet().size();
        return new ByteLevelTokenizer(special, BytePairTrainer.train(texts, merges));
    }

    /** Tokens of the vocabulary. */
    public int size() {
        return definition().path("model").path("vocab").size();
    }

    /** Writes {@code tokenizer.json}, and {@code config} as {@code tokenizer_config.json}. */
    public void write(Path folder, ObjectNode config) throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), JSON.writeValueAsString(definition()));
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                JSON.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(config) + "\n");
    }

    private ObjectNode definition() {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        for (int id = 0; id < special.size(); id++) {
            added.addObject()
                    .put("id", id)
                    .put("content", special.get(id))
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        root.putNull("normalizer");
        ArrayNode steps =
                root.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers");
        steps.addObject().put("type", "Digits").put("individual_digits", true);
        byteLevel(steps.addObject());
        root.putNull("post_processor");
        byteLevel(root.putObject("decoder"));
        model(root.putObject("model"));
        return root;
    }

    private static void byteLevel(ObjectNode node) {
        node.put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", true);
    }

    private void model(ObjectNode model) {
        model.put("type", "BPE").putNull("dropout").putNull("unk_token");
        model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
        model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
        ObjectNode vocabulary = model.putObject("vocab");
        special.forEach(token -> vocabulary.put(token, vocabulary.size()));
        BytePairTrainer.alphabet().forEach(token -> vocabulary.put(token, vocabulary.size()));
        ArrayNode pairs = model.putArray("merges");
        for (List<String> pair : merges) {
            String token = String.join("", pair);
            if (!vocabulary.has(token)) {
                vocabulary.put(token, vocabulary.size());
            }
            pairs.addArray().add(pair.get(0)).add(pair.get(1));
        }
    }
}
