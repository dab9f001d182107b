package dev.paddock.llama.quantization.posttraining;

import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.weights.WeightSource;
import java.nio.FloatBuffer;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One block's weights in fp32, which a method may change, and the codes that it has chosen. */
final class BlockWeights {
    private final LlamaConfig config;
    private final int layer;
    private final Map<String, float[]> tensors = new LinkedHashMap<>();
    private final Set<String> changed = new HashSet<>();
    private final Map<Projection, CodedMatrix> coded = new EnumMap<>(Projection.class);

    BlockWeights(WeightSource source, int layer) {
        this.config = source.config();
        this.layer = layer;
        String prefix = "model.layers." + layer + ".";
        source.names().stream().filter(name -> name.startsWith(prefix)).forEach(name -> {
            float[] values = new float[Math.toIntExact(source.info(name).elements())];
            source.read(name, FloatBuffer.wrap(values));
            tensors.put(name, values);
        });
    }

    LlamaConfig config() {
        return config;
    }

    /** {@code [outputs, inputs]}, rows first; the method's to change. */
    float[] matrix(Projection projection) {
        return tensor(name(projection));
    }

    /** {@code [outputs]}, or empty where there is none. */
    float[] bias(Projection projection) {
        return tensors.getOrDefault(projection.path(layer) + ".bias", new float[0]);
    }

    float[] attentionNorm() {
        return tensor("model.layers." + layer + ".input_layernorm.weight");
    }

    float[] feedForwardNorm() {
        return tensor("model.layers." + layer + ".post_attention_layernorm.weight");
    }

    private float[] tensor(String name) {
        float[] tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor has the name " + name);
        }
        return tensor;
    }

    private String name(Projection projection) {
        return projection.path(layer) + ".weight";
    }

    /** Divides what feeds a product: a norm's numbers. */
    void divide(float[] norm, float[] scales) {
        for (int i = 0; i < norm.length; i++) {
            norm[i] /= scales[i];
        }
        changed.addAll(List.of(
                "model.layers." + layer + ".input_layernorm.weight",
                "model.layers." + layer + ".post_attention_layernorm.weight"));
    }

    /** Divides the outputs of a projection, with their biases. */
    void divideOutputs(Projection projection, float[] scales) {
        float[] weights = matrix(projection);
        int columns = weights.length / scales.length;
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= scales[i / columns];
        }
        float[] bias = bias(projection);
        for (int i = 0; i < bias.length; i++) {
            bias[i] /= scales[i];
        }
        changed.add(projection.path(layer) + ".bias");
    }

    /** Multiplies the columns of a projection. */
    void multiplyInputs(Projection projection, float[] scales) {
        float[] weights = matrix(projection);
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= scales[i % scales.length];
        }
    }

    /** Takes a projection's codes, and their numbers in the place of its weights. */
    void code(Projection projection, CodedMatrix codes) {
        coded.put(projection, codes);
        System.arraycopy(codes.values(), 0, matrix(projection), 0, matrix(projection).length);
    }

    /** The codes by the names of their tensors. */
    Map<String, CodedMatrix> codes() {
        Map<String, CodedMatrix> named = new LinkedHashMap<>();
        coded.forEach((projection, codes) -> named.put(name(projection), codes));
        return named;
    }

    /** Vectors that are no longer the model's, by name. */
    Map<String, float[]> vectors() {
        Map<String, float[]> vectors = new LinkedHashMap<>();
        changed.stream().sorted().filter(tensors::containsKey).forEach(name -> vectors.put(name, tensor(name)));
        return vectors;
    }
}
