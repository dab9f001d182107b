package dev.paddock.llama.adapter;

import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.config.UnsupportedModelException;
import org.jspecify.annotations.Nullable;

/**
 * An adapter's updates of the projections that are computed as one product, as one update: A's rows below each other, B
 * block-diagonal with the scales in it.
 *
 * @param rank sum of the ranks; 0 where the adapter leaves these projections as they are
 * @param inputs columns of A
 * @param outputs rows of B
 * @param a {@code [rank, inputs]}
 * @param b {@code [outputs, rank]}
 */
@SuppressWarnings("ArrayRecordComponent")
public record JoinedUpdate(int rank, int inputs, int outputs, float[] a, float[] b) {
    /** Joins what an adapter has for one product of a layer. */
    public static JoinedUpdate of(LoraAdapter adapter, int layer, Group product, LlamaConfig config) {
        int inputs = product.projections().get(0).inputs(config);
        int outputs = product.projections().stream()
                .mapToInt(part -> part.outputs(config))
                .sum();
        int ranks = product.projections().stream()
                .mapToInt(part -> rank(adapter, layer, part))
                .sum();
        JoinedUpdate joined =
                new JoinedUpdate(ranks, inputs, outputs, new float[ranks * inputs], new float[outputs * ranks]);
        int firstRank = 0;
        for (Projection part : product.projections()) {
            Update update = update(adapter, layer, part);
            if (update != null) {
                joined.place(update, part.firstOutput(config), firstRank);
                firstRank += update.rank();
            }
        }
        return joined;
    }

    private static int rank(LoraAdapter adapter, int layer, Projection part) {
        Update update = update(adapter, layer, part);
        return update == null ? 0 : update.rank();
    }

    private static @Nullable Update update(LoraAdapter adapter, int layer, Projection part) {
        return adapter.updates().get(new Target(layer, part));
    }

    private void place(Update update, int firstOutput, int firstRank) {
        System.arraycopy(update.a(), 0, a, firstRank * inputs, update.a().length);
        for (int i = 0; i < update.b().length; i++) {
            int row = firstOutput + i / update.rank();
            b[row * rank + firstRank + i % update.rank()] = (float) (update.b()[i] * update.scale());
        }
    }

    /**
     * Refuses an adapter that was made for another model.
     *
     * @throws UnsupportedModelException naming an update that does not fit
     */
    public static void check(LoraAdapter adapter, LlamaConfig config) {
        adapter.updates().forEach((target, update) -> check(target, update, config));
    }

    private static void check(Target target, Update update, LlamaConfig config) {
        long inputs = target.projection().inputs(config);
        long outputs = target.projection().outputs(config);
        boolean fits = target.layer() >= 0
                && target.layer() < config.layers()
                && update.a().length == update.rank() * inputs
                && update.b().length == update.rank() * outputs;
        if (!fits) {
            throw new UnsupportedModelException(
                    "The adapter's update of %s has rank %d, %d and %d numbers; the model has %d layers and there %d inputs and %d outputs: it was made for another base"
                            .formatted(
                                    target.projection().path(target.layer()),
                                    update.rank(),
                                    update.a().length,
                                    update.b().length,
                                    config.layers(),
                                    inputs,
                                    outputs));
        }
    }
}
