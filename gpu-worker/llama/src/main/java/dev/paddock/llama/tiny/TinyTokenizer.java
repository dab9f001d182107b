package dev.paddock.llama.tiny;

import dev.paddock.llama.tokenizer.ByteLevelTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Learns the tiny model's vocabulary and writes it as {@code tokenizer.json} and {@code tokenizer_config.json}. */
final class TinyTokenizer {
    private static final List<String> SPECIAL = List.of(Corpus.END, Corpus.TURN, Corpus.TURN_END);

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
        ByteLevelTokenizer.train(plain, SPECIAL, vocabularySize).write(folder, config());
    }

    private static ObjectNode config() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("add_bos_token", false)
                .put("bos_token", Corpus.TURN)
                .put("chat_template", ByteLevelTokenizer.CHAT_TEMPLATE)
                .put("clean_up_tokenization_spaces", false)
                .put("eos_token", Corpus.TURN_END)
                .put("model_max_length", TinyModel.CONTEXT)
                .put("pad_token", Corpus.TURN_END)
                .put("tokenizer_class", "PreTrainedTokenizerFast")
                .put("unk_token", Corpus.END);
    }
}
