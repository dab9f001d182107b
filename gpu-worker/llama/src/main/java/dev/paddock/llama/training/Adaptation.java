package dev.paddock.llama.training;

import dev.paddock.llama.adapter.AdapterRules;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.Routing;
import dev.paddock.llama.adapter.SavedModule;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.config.Rules;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of a model a run trains.
 *
 * @param adapter adapters on its linear layers
 * @param everything whether every matrix, norm, bias and embedding is trained, which leaves no room for adapters
 * @param modules what is trained whole beside adapters
 * @param labels labels of a classification head that stands in for the output matrix; 0 for none
 * @param routing adapters that stay as they are, and among which gates are trained to choose
 * @param quantized whether the frozen matrices of the blocks lie in NF4 and are dequantized when a block is computed
 */
public record Adaptation(
        Optional<LoraSettings> adapter,
        boolean everything,
        Set<SavedModule> modules,
        int labels,
        boolean quantized,
        Optional<Routing> routing) {
    public Adaptation {
        Rules.atLeast("labels", labels, 0);
        modules = Collections.unmodifiableSet(new TreeSet<>(modules));
        if (everything && quantized) {
            throw new IllegalArgumentException("a run that trains every weight has no frozen matrix to quantize");
        }
        if (everything && (adapter.isPresent() || !modules.isEmpty())) {
            throw new IllegalArgumentException("a run that trains every weight has neither adapters nor saved modules");
        }
        if (routing.isPresent() && (everything || adapter.isPresent() || !modules.isEmpty() || labels > 0)) {
            throw new IllegalArgumentException("a run that trains gates trains nothing beside them");
        }
    }

    /** Adapters; the base stays as it is. */
    public static Adaptation lora(LoraSettings settings) {
        return new Adaptation(Optional.of(settings), false, Set.of(), 0, false, Optional.empty());
    }

    /** Gates among adapters; these and the base stay as they are. */
    public static Adaptation gates(Routing routing) {
        return new Adaptation(Optional.empty(), false, Set.of(), 0, false, Optional.of(routing));
    }

    /** Every matrix, norm, bias and embedding. */
    public static Adaptation full() {
        return new Adaptation(Optional.empty(), true, Set.of(), 0, false, Optional.empty());
    }

    /** Low-rank adapters on a base in NF4. */
    public static Adaptation qlora(LoraSettings settings) {
        return lora(settings).overNf4();
    }

    /** The same over frozen matrices in NF4. */
    public Adaptation overNf4() {
        return new Adaptation(adapter, everything, modules, labels, true, routing);
    }

    /** The same with modules that are trained whole. */
    public Adaptation withModules(Set<SavedModule> others) {
        return new Adaptation(adapter, everything, others, labels, quantized, routing);
    }

    /** The same with a classification head. */
    public Adaptation withLabels(int count) {
        return new Adaptation(adapter, everything, modules, count, quantized, routing);
    }

    /** Whether the passes read a slot of the model: a classification head leaves an output matrix of its own unread. */
    boolean reads(WeightSlot slot) {
        return !slot.parts().isEmpty()
                && (labels == 0 || !SavedModule.LM_HEAD.owns(slot.parts().get(0).name()));
    }

    /** Whether a slot of the model is trained whole. */
    boolean trains(WeightSlot slot) {
        return reads(slot)
                && (everything
                        || modules.stream()
                                .anyMatch(module ->
                                        module.owns(slot.parts().get(0).name())));
    }

    /**
     * Refuses what the model does not have.
     *
     * @throws IllegalArgumentException naming the module, the layer or the pattern
     * @throws dev.paddock.llama.config.UnsupportedModelException naming what of an adapter does not fit
     */
    void check(LlamaConfig config) {
        if (config.tiedEmbeddings() && modules.contains(SavedModule.LM_HEAD)) {
            throw new IllegalArgumentException(
                    "the base's lm_head is its embed_tokens: name embed_tokens, which trains both");
        }
        if (labels > 0 && modules.contains(SavedModule.LM_HEAD)) {
            throw new IllegalArgumentException("a classifier has a head in the place of lm_head: leave lm_head out");
        }
        adapter.ifPresent(settings -> settings.check(config.layers()));
        routing.ifPresent(
                gated -> gated.members().forEach(member -> AdapterRules.requireFit(member.adapter(), config)));
    }
}
