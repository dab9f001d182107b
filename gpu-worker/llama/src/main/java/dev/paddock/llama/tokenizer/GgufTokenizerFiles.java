package dev.paddock.llama.tokenizer;

import dev.paddock.llama.config.UnsupportedModelException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The tokenizer of GGUF metadata as files of a Hugging Face folder. */
public final class GgufTokenizerFiles {
    private GgufTokenizerFiles() {}

    /**
     * {@code tokenizer.json} and {@code tokenizer_config.json} (with the chat template), by name.
     *
     * @param contextLength most tokens of a text, for {@code model_max_length}
     * @throws UnsupportedModelException naming the kind of tokenizer that is not there
     */
    public static Map<String, ObjectNode> of(Map<String, Object> metadata, int contextLength) {
        GgufTokens tokens = GgufTokens.of(metadata);
        boolean pieces = tokens.pieces();
        boolean addsBos = tokens.addsBos();
        ObjectNode definition = pieces ? GgufSentencePieces.definition(tokens) : GgufBytePairs.definition(tokens);
        if (addsBos) {
            definition.set("post_processor", beginning(tokens));
        }
        Map<String, ObjectNode> files = new LinkedHashMap<>();
        files.put("tokenizer.json", definition);
        files.put("tokenizer_config.json", config(tokens, addsBos, contextLength));
        return files;
    }

    /** Ids that end an answer. */
    public static Set<Integer> endIds(Map<String, Object> metadata) {
        return GgufTokens.of(metadata).endIds();
    }

    /** Puts the first token before a text, as {@code TemplateProcessing} has it. */
    private static ObjectNode beginning(GgufTokens tokens) {
        int id = tokens.id("bos_token_id")
                .orElseThrow(() -> new UnsupportedModelException("add_bos_token is true and there is no bos_token_id"));
        String text = tokens.tokens().get(id);
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("type", "TemplateProcessing");
        for (String kind : new String[] {"single", "pair"}) {
            var steps = node.putArray(kind);
            for (String sequence : kind.equals("single") ? new String[] {"A"} : new String[] {"A", "B"}) {
                int type = sequence.equals("A") ? 0 : 1;
                steps.addObject().putObject("SpecialToken").put("id", text).put("type_id", type);
                steps.addObject().putObject("Sequence").put("id", sequence).put("type_id", type);
            }
        }
        ObjectNode special = node.putObject("special_tokens").putObject(text).put("id", text);
        special.putArray("ids").add(id);
        special.putArray("tokens").add(text);
        return node;
    }

    private static ObjectNode config(GgufTokens tokens, boolean addsBos, int contextLength) {
        ObjectNode config = JsonNodeFactory.instance.objectNode().put("tokenizer_class", "PreTrainedTokenizerFast");
        name(config, "bos_token", tokens, "bos_token_id");
        name(config, "eos_token", tokens, "eos_token_id");
        name(config, "unk_token", tokens, "unknown_token_id");
        name(config, "pad_token", tokens, "padding_token_id");
        config.put("add_bos_token", addsBos).put("clean_up_tokenization_spaces", false);
        config.put("model_max_length", contextLength);
        tokens.chatTemplate().ifPresent(template -> config.put("chat_template", template));
        tokens.toolTemplate().ifPresent(template -> {
            ArrayNode named = config.putArray("chat_template");
            tokens.chatTemplate()
                    .ifPresent(text -> named.addObject().put("name", "default").put("template", text));
            named.addObject().put("name", "tool_use").put("template", template);
        });
        return config;
    }

    private static void name(ObjectNode config, String field, GgufTokens tokens, String key) {
        Optional<Integer> id = tokens.id(key);
        id.ifPresent(token -> config.put(field, tokens.tokens().get(token)));
    }
}
