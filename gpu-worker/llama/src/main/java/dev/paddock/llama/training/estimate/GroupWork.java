package dev.paddock.llama.training.estimate;

import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.config.LlamaConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * A joined linear layer of one block with its adapters.
 *
 * @param inputs I
 * @param outputs O
 * @param ranks K, the sum of the adapted projections' ranks; 0 without an adapter
 * @param form how adapters act
 * @param dropout whether adapters keep a mask of their inputs
 */
record GroupWork(long inputs, long outputs, long ranks, AdapterForm form, boolean dropout) {
    /** The four of every block. */
    static List<GroupWork> of(Workload work) {
        List<GroupWork> groups = new ArrayList<>();
        for (int layer = 0; layer < work.config().layers(); layer++) {
            for (Group group : Group.values()) {
                groups.add(of(work, layer, group));
            }
        }
        return groups;
    }

    private static GroupWork of(Workload work, int layer, Group group) {
        LlamaConfig config = work.config();
        List<Projection> projections = group.projections();
        long outputs = projections.stream().mapToLong(p -> p.outputs(config)).sum();
        LoraSettings lora = work.adaptation().adapter().orElse(null);
        long ranks = lora == null
                ? 0
                : projections.stream().mapToLong(p -> lora.rank(layer, p)).sum();
        return new GroupWork(
                projections.get(0).inputs(config),
                outputs,
                ranks,
                lora == null ? AdapterForm.LORA : lora.form(),
                lora != null && lora.dropout() > 0);
    }

    boolean adapted() {
        return ranks > 0;
    }

    private boolean has(AdapterForm other) {
        return adapted() && form == other;
    }

    /** What adapters read. */
    long read() {
        return form.readsOutputs() ? outputs : inputs;
    }

    /** Numbers of the joined A and B in the compute type. */
    long joined() {
        return ranks * (read() + outputs);
    }

    /** Numbers that a token leaves for the way back, beside the layer's input. */
    long kept() {
        long scaled = has(AdapterForm.DORA) || has(AdapterForm.SERIES) ? outputs : 0;
        return adapted() ? ranks + scaled + (dropout ? read() : 0) : 0;
    }

    /** Bytes of DoRA's scales, which are fp32. */
    long scaleBytes() {
        return has(AdapterForm.DORA) ? 2 * Float.BYTES * outputs : 0;
    }

    /** Numbers that adapters read or write for a token, forward and backward, beside their products. */
    long touched() {
        long masks = dropout ? 8 * read() : 0;
        return switch (form) {
            case LORA, ROUTED -> adapted() ? masks : 0;
            case DORA -> adapted() ? masks + 16 * outputs : 0;
            case PARALLEL -> adapted() ? masks + 6 * ranks : 0;
            case SERIES -> adapted() ? masks + 6 * outputs + 6 * ranks : 0;
        };
    }

    /** Numbers of the base's matrix that each step's norms go over. */
    long normed() {
        return has(AdapterForm.DORA) ? inputs * outputs : 0;
    }
}
