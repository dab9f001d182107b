package dev.paddock.benchmarks.serving;

import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.Gate;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.export.GgufAdapterFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;

/** LoRA adapters on all seven projections with small random numbers: speed does not depend on them. */
final class RandomAdapters {
    private static final double SIZE = 0.01;
    private static final int CHOSEN = 2;

    private final LlamaConfig config;
    private final int rank;

    RandomAdapters(LlamaConfig config, int rank) {
        this.config = config;
        this.rank = rank;
    }

    LoraAdapter adapter(long seed) {
        return adapter(seed, rank, inputs -> Gate.NONE);
    }

    /** Adapters under gates, two of which act on a token. */
    LoraAdapter routed(long seed, int adapters) {
        Random random = new Random(seed);
        List<Integer> ranks = Collections.nCopies(adapters, rank);
        return adapter(seed, adapters * rank, inputs -> new Gate(CHOSEN, ranks, draw(random, adapters * inputs)));
    }

    private LoraAdapter adapter(long seed, int rows, IntFunction<Gate> gate) {
        Random random = new Random(seed);
        Map<Target, Update> updates = new HashMap<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            for (Projection projection : Projection.values()) {
                int inputs = projection.inputs(config);
                float[] a = draw(random, rows * inputs);
                float[] b = draw(random, rows * projection.outputs(config));
                updates.put(
                        new Target(layer, projection),
                        new Update(AdapterForm.LORA, rows, 1, a, b, new float[0], gate.apply(inputs)));
            }
        }
        return new LoraAdapter(updates);
    }

    /**
     * Writes an adapter in PEFT's layout.
     *
     * @param folder an existing folder for it
     * @return the adapter's own folder
     */
    Path folder(long seed, Path folder) {
        try {
            Path peft = Files.createDirectories(folder.resolve("peft-" + seed));
            PeftAdapter.write(peft, LoraSettings.of(rank, rank), adapter(seed), "base");
            return peft;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes an adapter as llama.cpp reads it.
     *
     * @param base the model's file
     * @param folder a new folder for it
     */
    Path file(long seed, Path base, Path folder) {
        try {
            Path peft = folder(seed, folder);
            Path file = folder.resolve("adapter-" + seed + ".gguf");
            try (OutputStream target = Files.newOutputStream(file)) {
                GgufAdapterFile.of(base, peft).writeTo(target);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static float[] draw(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * SIZE);
        }
        return values;
    }
}
