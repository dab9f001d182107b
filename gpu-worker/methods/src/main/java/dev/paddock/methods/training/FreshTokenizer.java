package dev.paddock.methods.training;

import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.tokenizer.ByteLevelTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tokenizer of a model that is made anew: byte-level pieces learnt from its rows, and three special tokens, with which
 * documents end and conversations are written in ChatML.
 */
final class FreshTokenizer {
    private static final String END = "<|endoftext|>";
    private static final String TURN_END = "<|im_end|>";
    private static final List<String> SPECIAL = List.of(END, "<|im_start|>", TURN_END);
    private static final String CONFIG = "config.json";
    private static final List<String> FILES = List.of("tokenizer.json", "tokenizer_config.json");

    private FreshTokenizer() {}

    /** Learns from texts and writes the files, beside the configuration of the model, into a folder that exists. */
    static LlamaConfig write(Path folder, Iterable<String> texts, ModelShape shape) {
        try {
            ByteLevelTokenizer learnt = ByteLevelTokenizer.train(texts, SPECIAL, shape.vocabularySize());
            learnt.write(folder, config(shape));
            LlamaConfig config = shape.config(learnt.size(), List.of(SPECIAL.indexOf(END), SPECIAL.indexOf(TURN_END)));
            Files.writeString(folder.resolve(CONFIG), config.toHuggingFace().toPrettyString() + "\n");
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode config(ModelShape shape) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("add_bos_token", false)
                .put("chat_template", ByteLevelTokenizer.CHAT_TEMPLATE)
                .put("clean_up_tokenization_spaces", false)
                .put("eos_token", END)
                .put("model_max_length", shape.contextLength())
                .put("pad_token", END)
                .put("tokenizer_class", "PreTrainedTokenizerFast");
    }

    /** Deletes the folder and the files in it. */
    static void delete(Path folder) {
        try {
            for (String file : FILES) {
                Files.deleteIfExists(folder.resolve(file));
            }
            Files.deleteIfExists(folder.resolve(CONFIG));
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies the files beside a model's. */
    static void copy(Path from, Path to) {
        for (String file : FILES) {
            try {
                Files.copy(from.resolve(file), to.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
