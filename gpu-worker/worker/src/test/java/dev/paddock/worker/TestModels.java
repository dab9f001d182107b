package dev.paddock.worker;

import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.llama.adapter.HeadedAdapter;
import dev.paddock.llama.adapter.LinearHead;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.RoutedFolder;
import dev.paddock.llama.adapter.Routing;
import dev.paddock.llama.adapter.Routing.Member;
import dev.paddock.llama.classification.ClassifierModel;
import dev.paddock.llama.classification.LabelScheme;
import dev.paddock.llama.tiny.TinyModelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        LoraSettings settings = new LoraSettings(2, 8, 0, Set.of(Projection.O_PROJ), false);
        Map<Target, Update> updates = new HashMap<>();
        for (int layer = 0; layer < LAYERS; layer++) {
            Update update = new Update(settings.rank(), settings.scale(), draw(random), draw(random));
            updates.put(new Target(layer, Projection.O_PROJ), update);
        }
        Files.createDirectories(folder);
        PeftAdapter.write(folder, settings, new LoraAdapter(updates), TinyModelFiles.NAME);
        return store.putFolder(folder).value();
    }

    /** Two random adapters of the tiny model, called first and second, under random gates. */
    public static String routed(ArtifactStore store, Path folder, long seed) throws IOException {
        adapter(store, folder.resolve("first"), seed);
        adapter(store, folder.resolve("second"), seed + 1);
        Routing routing = new Routing(
                List.of(Member.read("first", folder.resolve("first")), Member.read("second", folder.resolve("second"))),
                2);
        Random random = new Random(seed);
        Path output = Files.createDirectories(folder.resolve("routed"));
        RoutedFolder.write(output, routing, routing.under(target -> draw(random)), TinyModelFiles.NAME);
        return store.putFolder(output).value();
    }

    /** A classifier of the tiny model: no update, and a random head. */
    public static String classifier(ArtifactStore store, Path folder, LabelScheme scheme, long seed)
            throws IOException {
        Random random = new Random(seed);
        int labels = scheme.labels().size();
        float[] weight = new float[labels * HIDDEN];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) random.nextGaussian();
        }
        LoraSettings settings = new LoraSettings(2, 8, 0, Set.of(Projection.O_PROJ), false);
        Update update = new Update(2, settings.scale(), draw(random), draw(random));
        LoraAdapter adapter = new LoraAdapter(Map.of(new Target(0, Projection.O_PROJ), update));
        LinearHead head = new LinearHead(labels, HIDDEN, weight, new float[0]);
        Files.createDirectories(folder);
        new ClassifierModel(scheme, new HeadedAdapter(scheme.kind().task(), adapter, head))
                .write(folder, settings, TinyModelFiles.NAME);
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
