package dev.paddock.llama.tiny;

import dev.paddock.llama.tokenizer.BytePairTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Learns the tiny model's vocabulary and writes it as {@code tokenizer.json} and {@code tokenizer_config.json}. */
final class TinyTokenizer {
    private static final List<String> SPECIAL = List.of(Corpus.END, Corpus.TURN, Corpus.TURN_END);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TinyTokenizer() {}

    /** Id of a special token. */
    static int id(String special) {
        return SPECIAL.indexOf(special);
    }

    static void write(Path folder, Iterable<String> documents, int vocabularySize) throws IOException {
        List<String> plain = new ArrayList<>();
        for (String document : documents) {
            plain.add(document.replaceAll("<\\|\\w+\\|>", "\n"));
        }
        List<String> alphabet = BytePairTrainer.alphabet();
        List<List<String>> merges = BytePairTrainer.train(plain, vocabularySize - SPECIAL.size() - alphabet.size());
        Files.writeString(folder.resolve("tokenizer.json"), JSON.writeValueAsString(definition(alphabet, merges)));
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                JSON.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(config()) + "\n");
    }

    private static ObjectNode definition(List<String> alphabet, List<List<String>> merges) {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        for (int id = 0; id < SPECIAL.size(); id++) {
            added.addObject()
                    .put("id", id)
                    .put("content", SPECIAL.get(id))
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
        model(root.putObject("model"), alphabet, merges);
        return root;
    }

    private static void byteLevel(ObjectNode node) {
        node.put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", true);
    }

    private static void model(ObjectNode model, List<String> alphabet, List<List<String>> merges) {
        model.put("type", "BPE").putNull("dropout").putNull("unk_token");
        model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
        model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
        ObjectNode vocabulary = model.putObject("vocab");
        SPECIAL.forEach(token -> vocabulary.put(token, vocabulary.size()));
        alphabet.forEach(token -> vocabulary.put(token, vocabulary.size()));
        ArrayNode pairs = model.putArray("merges");
        for (List<String> pair : merges) {
            String token = String.join("", pair);
            if (!vocabulary.has(token)) {
                vocabulary.put(token, vocabulary.size());
            }
            pairs.addArray().add(pair.get(0)).add(pair.get(1));
        }
    }

    private static ObjectNode config() {
        return JSON.createObjectNode()
                .put("add_bos_token", false)
                .put("bos_token", Corpus.TURN)
                .put("chat_template", Corpus.CHAT_TEMPLATE)
                .put("clean_up_tokenization_spaces", false)
                .put("eos_token", Corpus.TURN_END)
                .put("model_max_length", TinyModel.CONTEXT)
                .put("pad_token", Corpus.TURN_END)
                .put("tokenizer_class", "PreTrainedTokenizerFast")
                .put("unk_token", Corpus.END);
    }
}
