package dev.paddock.llama.training;

import dev.paddock.llama.weights.Safetensors;
import dev.paddock.llama.weights.SafetensorsWriter;
import dev.paddock.llama.weights.TensorType;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adapters as folders in PEFT's layout: {@code adapter_config.json} and {@code adapter_model.safetensors}. */
public final class PeftAdapter {
    static final String CONFIG = "adapter_config.json";
    static final String MODEL = "adapter_model.safetensors";
    private static final String PREFIX = "base_model.model.";
    private static final Pattern NAME = Pattern.compile(
            "base_model\\.model\\.model\\.layers\\.(\\d{1,6})\\.(?:self_attn|mlp)\\.(\\w+)\\.lora_(A|B)\\.weight");

    private PeftAdapter() {}

    /**
     * Writes an adapter into a folder that exists.
     *
     * @param baseModel what the configuration names as its base
     */
    public static void write(Path folder, AdapterWeights adapter, String baseModel) {
        SafetensorsWriter writer = new SafetensorsWriter(Map.of("format", "pt"));
        int rank = adapter.settings().rank();
        for (AdapterWeights.Module module : adapter.modules()) {
            add(writer, module, "lora_A", module.a(), List.of((long) rank, (long) module.a().length / rank));
            add(writer, module, "lora_B", module.b(), List.of((long) module.b().length / rank, (long) rank));
        }
        writer.write(folder.resolve(MODEL));
        PeftConfig.write(folder.resolve(CONFIG), adapter.settings(), baseModel);
    }

    private static void add(
            SafetensorsWriter writer, AdapterWeights.Module module, String part, float[] values, List<Long> shape) {
        String name = tensorName(module.layer(), module.projection(), part);
        writer.floats(name, TensorType.F32, shape, buffer -> buffer.put(values));
    }

    private static String tensorName(int layer, Projection projection, String part) {
        return PREFIX + projection.path(layer) + "." + part + ".weight";
    }

    /**
     * Reads an adapter that this program or PEFT wrote.
     *
     * @throws dev.paddock.llama.config.UnsupportedModelException naming the option or tensor that the engine does not have
     * @throws dev.paddock.llama.config.MalformedModelFileException for a file that breaks its format
     */
    public static AdapterWeights read(Path folder) {
        try (Safetensors file = Safetensors.open(folder.resolve(MODEL))) {
            Set<Projection> targets = EnumSet.noneOf(Projection.class);
            Set<Integer> layers = new TreeSet<>();
            for (String name : file.names()) {
                Matcher matcher = match(name);
                layers.add(Integer.parseInt(matcher.group(1)));
                targets.add(projection(name, matcher.group(2)));
            }
            LoraSettings settings = PeftConfig.read(folder.resolve(CONFIG), targets);
            return new AdapterWeights(settings, modules(file, settings, layers));
        }
    }

    private static List<AdapterWeights.Module> modules(Safetensors file, LoraSettings settings, Set<Integer> layers) {
        List<AdapterWeights.Module> modules = new ArrayList<>();
        for (int layer : layers) {
            settings.targets().stream().sorted(Comparator.naturalOrder()).forEach(projection -> {
                float[] a = tensor(file, layer, projection, "lora_A", 0, settings.rank());
                float[] b = tensor(file, layer, projection, "lora_B", 1, settings.rank());
                modules.add(new AdapterWeights.Module(layer, projection, a, b));
            });
        }
        return modules;
    }

    private static float[] tensor(
            Safetensors file, int layer, Projection projection, String part, int rankAxis, int rank) {
        String name = tensorName(layer, projection, part);
        if (!file.names().contains(name)) {
            throw PeftConfig.unsupported("tensor " + name + " is not there; every block needs the same adapters");
        }
        List<Long> shape = file.info(name).shape();
        if (shape.size() != 2 || shape.get(rankAxis) != rank) {
            throw PeftConfig.unsupported("shape of " + name + " is " + shape + "; the configuration has r " + rank);
        }
        float[] values = new float[Math.toIntExact(file.info(name).elements())];
        file.read(name, FloatBuffer.wrap(values));
        return values;
    }

    private static Matcher match(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw PeftConfig.unsupported(
                    "tensor " + name + " is no adapter of a linear layer in model.layers.N.self_attn or .mlp");
        }
        return matcher;
    }

    private static Projection projection(String name, String module) {
        try {
            return Projection.of(module);
        } catch (IllegalArgumentException e) {
            throw PeftConfig.unsupported("tensor " + name + ": " + e.getMessage());
        }
    }
}
