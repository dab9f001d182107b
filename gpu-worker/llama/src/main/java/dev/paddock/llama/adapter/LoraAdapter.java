package dev.paddock.llama.adapter;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * An adapter of two thin matrices on each linear layer that it names; see {@link AdapterForm} for what they do.
 *
 * @param updates by layer and projection, in their order
 * @param modules tensors that take the base's place, by their Hugging Face names; {@code lm_head.weight} is among them where the
 *     output matrix is another than the base's, be it the trained embedding
 */
public record LoraAdapter(Map<Target, Update> updates, Map<String, SavedTensor> modules) implements AdapterSource {
    public LoraAdapter {
        updates = Collections.unmodifiableMap(new TreeMap<>(updates));
        modules = Collections.unmodifiableMap(new TreeMap<>(modules));
    }

    /** An adapter of the linear layers alone. */
    public LoraAdapter(Map<Target, Update> updates) {
        this(updates, Map.of());
    }

    @Override
    public Set<Target> targets() {
        return updates.keySet();
    }

    @Override
    public Update update(Target target) {
        return Objects.requireNonNull(updates.get(target), target::toString);
    }

    @Override
    public Set<String> replaced() {
        return modules.keySet();
    }

    /** Whether one trained tensor is both embedding and output matrix, as the base's is. */
    boolean tiesOutput() {
        SavedTensor embedding = modules.get("model.embed_tokens.weight");
        SavedTensor output = modules.get("lm_head.weight");
        return embedding != null && output != null && Arrays.equals(embedding.values(), output.values());
    }

    /**
     * One matrix of the model.
     *
     * @param layer block, from 0
     * @param projection the adapted linear layer
     */
    public record Target(int layer, Projection projection) implements Comparable<Target> {
        private static final Comparator<Target> ORDER =
                Comparator.comparingInt(Target::layer).thenComparing(Target::projection);

        @Override
        public int compareTo(Target other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * One layer's adapter.
     *
     * @param form how it acts
     * @param rank r
     * @param scale {@code alpha / r}, or {@code alpha / sqrt(r)} with rank stabilisation
     * @param a {@code [r, inputs]}, rows first; {@code [r, outputs]} for a series adapter
     * @param b {@code [outputs, r]}, rows first
     * @param magnitude {@code [outputs]} for DoRA, empty otherwise
     * @param gate what weighs the adapters that stand beside each other in a routed one; {@link Gate#NONE} otherwise
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Update(AdapterForm form, int rank, double scale, float[] a, float[] b, float[] magnitude, Gate gate) {
        /** An update without a gate. */
        public Update(AdapterForm form, int rank, double scale, float[] a, float[] b, float[] magnitude) {
            this(form, rank, scale, a, b, magnitude, Gate.NONE);
        }

        /** A low-rank update. */
        public Update(int rank, double scale, float[] a, float[] b) {
            this(AdapterForm.LORA, rank, scale, a, b, new float[0]);
        }
    }
}
