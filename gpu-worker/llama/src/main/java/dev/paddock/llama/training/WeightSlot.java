package dev.paddock.llama.training;

import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.config.LlamaConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * One tensor as the kernels hold it: the Hugging Face tensors that lie in it one below the other.
 *
 * @param parts tensors in order; none for a bias that the model does not have
 * @param columns elements of a row; 0 for a vector
 */
record WeightSlot(List<Part> parts, int columns) {
    static final int PER_BLOCK = 10;

    /** A Hugging Face tensor and its rows (elements, for a vector). */
    record Part(String name, int rows) {}

    int rows() {
        return parts.stream().mapToInt(Part::rows).sum();
    }

    long elements() {
        return (long) rows() * Math.max(1, columns);
    }

    boolean isVector() {
        return columns == 0;
    }

    /**
     * The slots of a model in the kernels' order: ten for each block, then embedding, last norm and output. A tied output has
     * the embedding's own part.
     */
    static List<WeightSlot> of(LlamaConfig config) {
        List<WeightSlot> slots = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            slots.add(norm("model.layers." + layer + ".input_layernorm.weight", config));
            slots.add(matrix(config, layer, Group.QKV));
            slots.add(matrix(config, layer, Group.O));
            slots.add(norm("model.layers." + layer + ".post_attention_layernorm.weight", config));
            slots.add(matrix(config, layer, Group.GATE_UP));
            slots.add(matrix(config, layer, Group.DOWN));
            for (Group group : Group.values()) {
                slots.add(bias(config, layer, group));
            }
        }
        slots.add(vocabulary("model.embed_tokens.weight", config));
        slots.add(norm("model.norm.weight", config));
        slots.add(vocabulary(config.tiedEmbeddings() ? "model.embed_tokens.weight" : "lm_head.weight", config));
        return slots;
    }

    private static WeightSlot norm(String name, LlamaConfig config) {
        return new WeightSlot(List.of(new Part(name, config.hiddenSize())), 0);
    }

    private static WeightSlot vocabulary(String name, LlamaConfig config) {
        return new WeightSlot(List.of(new Part(name, config.vocabularySize())), config.hiddenSize());
    }

    private static WeightSlot matrix(LlamaConfig config, int layer, Group group) {
        int inputs = group.projections().get(0).inputs(config);
        return new WeightSlot(parts(config, layer, group, ".weight", projection -> true), inputs);
    }

    private static WeightSlot bias(LlamaConfig config, int layer, Group group) {
        return new WeightSlot(parts(config, layer, group, ".bias", projection -> projection.hasBias(config)), 0);
    }

    private static List<Part> parts(
            LlamaConfig config, int layer, Group group, String suffix, Predicate<Projection> present) {
        return group.projections().stream()
                .filter(present)
                .map(projection -> new Part(projection.path(layer) + suffix, projection.outputs(config)))
                .toList();
    }
}
