package dev.paddock.llama.config;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes a {@code config.json} that transformers of every age reads: base and scaling stand in their older place. */
final class HuggingFaceConfigWriter {
    private HuggingFaceConfigWriter() {}

    static ObjectNode write(LlamaConfig config) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.putArray("architectures").add("LlamaForCausalLM");
        node.put("model_type", "llama");
        node.put("hidden_act", "silu");
        node.put("vocab_size", config.vocabularySize());
        node.put("hidden_size", config.hiddenSize());
        node.put("intermediate_size", config.intermediateSize());
        node.put("num_hidden_layers", config.layers());
        node.put("num_attention_heads", config.heads());
        node.put("num_key_value_heads", config.keyValueHeads());
        node.put("head_dim", config.headSize());
        node.put("max_position_embeddings", positions(config));
        node.put("rms_norm_eps", config.normEpsilon());
        node.put("rope_theta", config.ropeBase());
        node.set("rope_scaling", scaling(config));
        node.put("tie_word_embeddings", config.tiedEmbeddings());
        node.put("attention_bias", config.attentionBias());
        node.put("mlp_bias", config.mlpBias());
        config.bosTokenId().ifPresent(id -> node.put("bos_token_id", id));
        writeEos(node, config.eosTokenIds());
        return node;
    }

    private static void writeEos(ObjectNode node, List<Integer> ids) {
        if (ids.size() == 1) {
            node.put("eos_token_id", ids.get(0));
        } else if (!ids.isEmpty()) {
            ArrayNode array = node.putArray("eos_token_id");
            ids.forEach(array::add);
        }
    }

    private static int positions(LlamaConfig config) {
        return config.ropeScaling() instanceof RopeScaling.Dynamic dynamic
                ? dynamic.originalContextLength()
                : config.contextLength();
    }

    private static ObjectNode scaling(LlamaConfig config) {
        return ScalingWriter.write(config.ropeScaling(), config.contextLength());
    }
}
