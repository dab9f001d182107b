package dev.paddock.llama.adapter;

import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.config.UnsupportedModelException;

/** What an adapter must be for a base. */
public final class AdapterRules {
    private AdapterRules() {}

    /**
     * Refuses to merge an adapter that was made for another model, or whose updates are no change of a matrix.
     *
     * @throws UnsupportedModelException naming an update or tensor that does not fit, or the form
     */
    public static void requireMergeable(LoraAdapter adapter, LlamaConfig config) {
        adapter.updates().values().stream()
                .filter(update -> !update.form().isMatrix())
                .findFirst()
                .ifPresent(update -> {
                    throw new UnsupportedModelException("A " + update.form().formName() + " adapter has "
                            + update.form().obstacle() + ", so no matrix holds it: serve it beside its base");
                });
        adapter.modules().forEach((name, saved) -> {
            long rows = name.endsWith("norm.weight") ? 1 : config.vocabularySize();
            if (saved.values().length != rows * config.hiddenSize()) {
                throw new UnsupportedModelException(
                        "The adapter's " + name + " has shape " + saved.shape() + "; the model's has " + rows
                                + " rows of " + config.hiddenSize() + ": it was made for another base");
            }
        });
        requireFit(adapter, config);
    }

    /**
     * Refuses an adapter that was made for another model.
     *
     * @throws UnsupportedModelException naming an update that does not fit
     */
    public static void requireFit(LoraAdapter adapter, LlamaConfig config) {
        adapter.updates().forEach((target, update) -> requireFit(target, update, config));
    }

    static void requireFit(Target target, Update update, LlamaConfig config) {
        long outputs = target.projection().outputs(config);
        long inputs =
                update.form().readsOutputs() ? outputs : target.projection().inputs(config);
        boolean fits = target.layer() >= 0
                && target.layer() < config.layers()
                && update.a().length == update.rank() * inputs
                && update.b().length == update.rank() * outputs
                && update.gate().weights().length == update.gate().adapters() * inputs
                && update.magnitude().length == (update.form() == AdapterForm.DORA ? outputs : 0);
        if (!fits) {
            throw new UnsupportedModelException(
                    "The adapter's update of %s has rank %d, %d and %d numbers; the model has %d layers and there %d inputs and %d outputs: it was made for another base"
                            .formatted(
                                    target.projection().path(target.layer()),
                                    update.rank(),
                                    update.a().length,
                                    update.b().length,
                                    config.layers(),
                                    target.projection().inputs(config),
                                    outputs));
        }
    }
}
