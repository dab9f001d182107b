package dev.paddock.worker;

import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.training.AdapterWeights;
import dev.paddock.llama.training.LoraSettings;
import dev.paddock.llama.training.PeftAdapter;
import dev.paddock.llama.training.Projection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Artifacts of the tiny model. */
public final class TestModels {
    private static final int LAYERS = 4;
    private static final int HIDDEN = 128;

    private TestModels() {}

    /** The tiny model; another name gives another artifact of the same weights. */
    public static String base(ArtifactStore store, Path folder, String name) throws IOException {
        TinyModelFiles.copyTo(folder);
        Files.writeString(folder.resolve("README.md"), name);
        return store.putFolder(folder).value();
    }

    /** The tiny model with its weights cut short. */
    public static String truncated(ArtifactStore store, Path folder) throws IOException {
        TinyModelFiles.copyTo(folder);
        Path weights = folder.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        Files.write(weights, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        return store.putFolder(folder).value();
    }

    /** A random adapter of the tiny model's query projections. */
    public static String adapter(ArtifactStore store, Path folder, long seed) throws IOException {
        Random random = new Random(seed);
        List<AdapterWeights.Module> modules = new ArrayList<>();
        for (int layer = 0; layer < LAYERS; layer++) {
            modules.add(new AdapterWeights.Module(layer, Projection.O_PROJ, draw(random), draw(random)));
        }
        LoraSettings settings = new LoraSettings(2, 8, 0, Set.of(Projection.O_PROJ), false);
        Files.createDirectories(folder);
        PeftAdapter.write(folder, new AdapterWeights(settings, modules), TinyModelFiles.NAME);
        return store.putFolder(folder).value();
    }

    /** A digest of nothing that is stored. */
    public static String unknown() {
        return Digest.of(new byte[] {1, 2, 3}).value();
    }

    private static float[] draw(Random random) {
        float[] values = new float[2 * HIDDEN];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * 0.5);
        }
        return values;
    }
}
