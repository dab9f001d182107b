package dev.paddock.llama.config;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads a Hugging Face {@code config.json} of a LLaMA-shaped model; the defaults are those of transformers' LlamaConfig. */
final class HuggingFaceConfig {
    private HuggingFaceConfig() {}

    /** @param classifier whether the model has a classification head: then its output counts as the embedding, which costs nothing */
    static LlamaConfig read(JsonNode node, boolean classifier) {
        JsonFields fields = new JsonFields(node);
        HuggingFaceRules.check(fields, classifier);
        int heads = fields.requiredInteger("num_attention_heads");
        int hiddenSize = fields.requiredInteger("hidden_size");
        ConfigRules.positive("num_attention_heads", heads);
        int contextLength = fields.integer("max_position_embeddings").orElse(2048);
        HuggingFaceRules.checkWindow(fields, contextLength);
        HuggingFaceRope rope = HuggingFaceRope.read(fields, contextLength);
        List<Integer> bos = fields.integers("bos_token_id");
        return new LlamaConfig(
                fields.requiredInteger("vocab_size"),
                hiddenSize,
                fields.requiredInteger("intermediate_size"),
                fields.requiredInteger("num_hidden_layers"),
                heads,
                fields.integer("num_key_value_heads").orElse(heads),
                fields.integer("head_dim").orElse(hiddenSize / heads),
                fields.number("rms_norm_eps").orElse(1e-6),
                rope.base(),
                rope.scaling(),
                rope.scaling().contextLength(contextLength),
                classifier || fields.flag("tie_word_embeddings", false),
                fields.flag("attention_bias", false),
                fields.flag("mlp_bias", false),
                bos.stream().mapToInt(Integer::intValue).findFirst(),
                fields.integers("eos_token_id"));
    }
}
