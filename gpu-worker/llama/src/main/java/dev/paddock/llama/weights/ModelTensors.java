package dev.paddock.llama.weights;

import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** The tensors that a configuration asks for, by Hugging Face name and shape. */
public final class ModelTensors {
    private ModelTensors() {}

    /** Shapes by name, in the order of use. */
    public static Map<String, List<Long>> shapes(LlamaConfig config) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        each(config, shapes::put);
        return Collections.unmodifiableMap(shapes);
    }

    /** Refuses a file that lacks a tensor, has one of another shape, or has one this engine would not use. */
    static void check(LlamaConfig config, Map<String, TensorInfo> found) {
        each(config, (name, shape) -> checkOne(name, shape, found));
        Set<String> used = shapes(config).keySet();
        for (String name : found.keySet()) {
            boolean ignored = name.endsWith("rotary_emb.inv_freq") || name.equals("lm_head.weight");
            if (!ignored && !used.contains(name)) {
                throw new UnsupportedModelException("tensor " + name + " is no part of a LLaMA-shaped model");
            }
        }
    }

    private static void checkOne(String name, List<Long> shape, Map<String, TensorInfo> found) {
        TensorInfo info = found.get(name);
        if (info == null) {
            throw new MalformedModelFileException("tensor " + name + " is missing");
        }
        if (!info.shape().equals(shape)) {
            throw new MalformedModelFileException(
                    "tensor " + name + " has shape " + info.shape() + "; the configuration asks for " + shape);
        }
    }

    private static void each(LlamaConfig config, BiConsumer<String, List<Long>> tensor) {
        long hidden = config.hiddenSize();
        tensor.accept("model.embed_tokens.weight", List.of((long) config.vocabularySize(), hidden));
        for (int layer = 0; layer < config.layers(); layer++) {
            eachOfLayer(config, "model.layers." + layer + ".", tensor);
        }
        tensor.accept("model.norm.weight", List.of(hidden));
        if (!config.tiedEmbeddings()) {
            tensor.accept("lm_head.weight", List.of((long) config.vocabularySize(), hidden));
        }
    }

    private static void eachOfLayer(LlamaConfig config, String prefix, BiConsumer<String, List<Long>> tensor) {
        long hidden = config.hiddenSize();
        long inner = config.intermediateSize();
        long query = (long) config.heads() * config.headSize();
        long keyValue = (long) config.keyValueHeads() * config.headSize();
        boolean bias = config.attentionBias();
        tensor.accept(prefix + "input_layernorm.weight", List.of(hidden));
        projection(tensor, prefix + "self_attn.q_proj", query, hidden, bias);
        projection(tensor, prefix + "self_attn.k_proj", keyValue, hidden, bias);
        projection(tensor, prefix + "self_attn.v_proj", keyValue, hidden, bias);
        projection(tensor, prefix + "self_attn.o_proj", hidden, query, bias);
        tensor.accept(prefix + "post_attention_layernorm.weight", List.of(hidden));
        projection(tensor, prefix + "mlp.gate_proj", inner, hidden, config.mlpBias());
        projection(tensor, prefix + "mlp.up_proj", inner, hidden, config.mlpBias());
        projection(tensor, prefix + "mlp.down_proj", hidden, inner, config.mlpBias());
    }

    private static void projection(
            BiConsumer<String, List<Long>> tensor, String name, long rows, long columns, boolean bias) {
        tensor.accept(name + ".weight", List.of(rows, columns));
        if (bias) {
            tensor.accept(name + ".bias", List.of(rows));
        }
    }
}
