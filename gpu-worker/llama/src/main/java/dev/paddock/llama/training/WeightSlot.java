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

    /** Whether this is the embedding or the output matrix. */
    boolean isVocabulary() {
        return parts.stream()
                .anyMatch(part ->
                        part.name().contains("embed_tokens") || part.name().contains("lm_head"));
    }

    /** Name in files of one flat slot that holds the whole. */
    String joinedName() {
        return String.join("+", parts.stream().map(Part::name).toList());
    }

    /**
     * The slots of a model in the kernels' order: ten for each block, then embedding, last norm and output. A tied output has
     * the embedding's own part.
     */
    static List<WeightSlot> of(LlamaConfig config) {
        List<WeightSlot> slots = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            slots.addAll(ofBlock(config, layer));
        }
        slots.add(embedding(config));
        slots.add(lastNorm(config));
        slots.add(output(config));
        return slots;
    }

    /** The ten slots of a block: norm, qkv, o, norm, gate+up, down, and the biases of the four products. */
    static List<WeightSlot> ofBlock(LlamaConfig config, int layer) {
        List<WeightSlot> slots = new ArrayList<>();
        slots.add(norm("model.layers." + layer + ".input_layernorm.weight", config));
        slots.add(matrix(config, layer, Group.QKV));
        slots.add(matrix(config, layer, Group.O));
        slots.add(norm("model.layers." + layer + ".post_attention_layernorm.weight", config));
        slots.add(matrix(config, layer, Group.GATE_UP));
        slots.add(matrix(config, layer, Group.DOWN));
        for (Group group : Group.values()) {
            slots.add(bias(config, layer, group));
        }
        return slots;
    }

    static WeightSlot embedding(LlamaConfig config) {
        return vocabulary("model.embed_tokens.weight", config);
    }

    static WeightSlot lastNorm(LlamaConfig config) {
        return norm("model.norm.weight", config);
    }

    static WeightSlot output(LlamaConfig config) {
        return vocabulary(config.tiedEmbeddings() ? "model.embed_tokens.weight" : "lm_head.weight", config);
    }

    private static WeightSlot norm(String name, LlamaConfig config) {
        return new WeightSlot(List.of(new Part(name, config.hiddenSize())), 0);
    }

    private static WeightSlot vocabulary(String name, LlamaConfig config) {
        return new WeightSlot(List.of(new Part(name, config.vocabularySize())), config.hiddenSize());
    }

    /** The joined matrix of a group. */
    static WeightSlot matrix(LlamaConfig config, int layer, Group group) {
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
