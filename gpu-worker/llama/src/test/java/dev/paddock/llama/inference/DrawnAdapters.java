package dev.paddock.llama.inference;

import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.weights.WeightSource;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Adapters of a base drawn from a seed, large enough to change its answers. */
public final class DrawnAdapters {
    private final WeightSource base;
    private final double change;

    /** @param change size of B's numbers, and by how much of them magnitudes differ from the base's norms */
    public DrawnAdapters(WeightSource base, double change) {
        this.base = base;
        this.change = change;
    }

    /** A LoRA or DoRA adapter on some projections of every layer; on all without any named. */
    public LoraAdapter draw(long seed, AdapterForm form, int rank, Projection... on) {
        Random random = new Random(seed);
        List<Projection> projections = List.of(on.length == 0 ? Projection.values() : on);
        Map<Target, Update> updates = new HashMap<>();
        for (int layer = 0; layer < base.config().layers(); layer++) {
            for (Projection projection : projections) {
                Target target = new Target(layer, projection);
                updates.put(target, update(random, form, rank, target));
            }
        }
        return new LoraAdapter(updates);
    }

    private Update update(Random random, AdapterForm form, int rank, Target target) {
        LlamaConfig config = base.config();
        int inputs = target.projection().inputs(config);
        int outputs = target.projection().outputs(config);
        float[] a = numbers(random, rank * inputs, 1 / Math.sqrt(inputs));
        float[] b = numbers(random, outputs * rank, change / Math.sqrt(rank));
        float[] magnitude = form == AdapterForm.DORA ? magnitudes(random, target, inputs, outputs) : new float[0];
        return new Update(form, rank, 1, a, b, magnitude);
    }

    /** Norms of the base's rows, some larger and some smaller. */
    private float[] magnitudes(Random random, Target target, int inputs, int outputs) {
        float[] weights = new float[outputs * inputs];
        base.read(target.projection().path(target.layer()) + ".weight", FloatBuffer.wrap(weights));
        float[] magnitudes = new float[outputs];
        for (int row = 0; row < outputs; row++) {
            double square = 0;
            for (int i = 0; i < inputs; i++) {
                square += Math.pow(weights[row * inputs + i], 2);
            }
            magnitudes[row] = (float) (Math.sqrt(square) * (1 + change * random.nextGaussian()));
        }
        return magnitudes;
    }

    private static float[] numbers(Random random, int count, double size) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * size);
        }
        return values;
    }
}
