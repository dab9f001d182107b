package dev.paddock.llama.training;

import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.Initialization;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.SavedTensor;
import dev.paddock.llama.config.LlamaConfig;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Adapters of the tiny model that depend on nothing but a seed, for PEFT to read. */
final class OurAdapters {
    private final LlamaConfig config;
    private final Random random = new Random(3);

    OurAdapters(LlamaConfig config) {
        this.config = config;
    }

    /** A case: what its configuration says, and what it trains whole. */
    static LoraSettings settings(String name) {
        boolean patterns = name.equals("patterns");
        return new LoraSettings(
                name.equals("dora") ? AdapterForm.DORA : AdapterForm.LORA,
                3,
                5,
                0,
                EnumSet.allOf(Projection.class),
                patterns,
                patterns ? Set.of(1, 2) : Set.of(),
                patterns ? Map.of("v_proj", 2, "layers.1.mlp.down_proj", 5) : Map.of(),
                patterns ? Map.of("layers.[02]..*q_proj", 7.5) : Map.of(),
                Initialization.DEFAULT);
    }

    LoraAdapter adapter(String name) {
        LoraSettings settings = settings(name);
        Map<Target, Update> updates = new HashMap<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            for (Projection projection : Projection.values()) {
                int rank = settings.rank(layer, projection);
                if (rank > 0) {
                    updates.put(new Target(layer, projection), update(settings, layer, projection, rank));
                }
            }
        }
        return new LoraAdapter(updates, name.equals("modules") ? modules() : Map.of());
    }

    private Update update(LoraSettings settings, int layer, Projection projection, int rank) {
        int outputs = projection.outputs(config);
        boolean scaled = settings.form() == AdapterForm.DORA;
        return new Update(
                settings.form(),
                rank,
                settings.scale(layer, projection),
                draw(rank * projection.inputs(config), 0, 0.1),
                draw(outputs * rank, 0, 0.1),
                scaled ? draw(outputs, 1, 0.1) : new float[0]);
    }

    private Map<String, SavedTensor> modules() {
        int width = config.hiddenSize();
        Map<String, SavedTensor> modules = new HashMap<>();
        for (String norm : List.of("layers.0.input_layernorm", "layers.3.input_layernorm", "norm")) {
            modules.put("model." + norm + ".weight", new SavedTensor(List.of((long) width), draw(width, 1, 0.2)));
        }
        for (int layer : new int[] {1, 2}) {
            modules.put(
                    "model.layers." + layer + ".input_layernorm.weight",
                    new SavedTensor(List.of((long) width), draw(width, 1, 0.2)));
        }
        SavedTensor embedding = new SavedTensor(
                List.of((long) config.vocabularySize(), (long) width), draw(config.vocabularySize() * width, 0, 0.2));
        modules.put("model.embed_tokens.weight", embedding);
        modules.put("lm_head.weight", embedding);
        return modules;
    }

    private float[] draw(int count, double mean, double deviation) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (mean + deviation * random.nextGaussian());
        }
        return values;
    }
}
