package dev.paddock.llama.adapter;

import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.weights.Safetensors;
import dev.paddock.llama.weights.SafetensorsWriter;
import dev.paddock.llama.weights.TensorInfo;
import dev.paddock.llama.weights.TensorType;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adapters as folders in PEFT's layout: {@code adapter_config.json} and {@code adapter_model.safetensors}. */
public final class PeftAdapter {
    private static final String CONFIG = "adapter_config.json";
    private static final String MODEL = "adapter_model.safetensors";
    private static final String PREFIX = "base_model.model.";
    private static final Pattern NAME = Pattern.compile(
            "base_model\\.model\\.model\\.layers\\.(\\d{1,4})\\.(?:self_attn|mlp)\\.(\\w+)\\.lora_(?:A|B)\\.weight");

    private PeftAdapter() {}

    /**
     * Writes an adapter into a folder that exists.
     *
     * @param settings what its configuration says of it
     * @param baseModel what the configuration names as its base
     */
    public static void write(Path folder, LoraSettings settings, LoraAdapter adapter, String baseModel) {
        SafetensorsWriter writer = new SafetensorsWriter(Map.of("format", "pt"));
        add(writer, adapter);
        writer.write(folder.resolve(MODEL));
        PeftConfig.write(folder.resolve(CONFIG), settings, TaskType.CAUSAL_LM, baseModel);
    }

    /**
     * Writes an adapter and its head into a folder that exists; a head on tokens always with a bias, without which PEFT refuses it.
     *
     * @param settings what its configuration says of it
     * @param baseModel what the configuration names as its base
     */
    public static void write(Path folder, LoraSettings settings, HeadedAdapter headed, String baseModel) {
        SafetensorsWriter writer = new SafetensorsWriter(Map.of("format", "pt"));
        add(writer, headed.adapter());
        headed.saved().add(writer, PREFIX);
        writer.write(folder.resolve(MODEL));
        PeftConfig.write(folder.resolve(CONFIG), settings, headed.task(), baseModel);
    }

    private static void add(SafetensorsWriter writer, LoraAdapter adapter) {
        adapter.updates().forEach((target, update) -> {
            long rank = update.rank();
            add(writer, target, "lora_A", update.a(), List.of(rank, update.a().length / rank));
            add(writer, target, "lora_B", update.b(), List.of(update.b().length / rank, rank));
        });
    }

    private static void add(SafetensorsWriter writer, Target target, String part, float[] values, List<Long> shape) {
        writer.floats(tensor(module(target), part), TensorType.F32, shape, buffer -> buffer.put(values));
    }

    private static String module(Target target) {
        return PREFIX + target.projection().path(target.layer());
    }

    private static String tensor(String module, String part) {
        return module + "." + part + ".weight";
    }

    /**
     * Reads an adapter that this program or PEFT wrote; ranks and scales may differ from module to module.
     *
     * @throws UnsupportedModelException naming the option or tensor that the engine does not have
     * @throws MalformedModelFileException for files that break their format or do not belong together
     */
    public static LoraAdapter read(Path folder) {
        PeftConfig config = PeftConfig.read(folder.resolve(CONFIG), false);
        try (Safetensors tensors = open(folder)) {
            return adapter(tensors.names(), config, tensors);
        }
    }

    /**
     * Reads an adapter with a head that gives labels.
     *
     * @throws UnsupportedModelException naming the option or tensor that the engine does not have
     * @throws MalformedModelFileException for files that break their format or do not belong together
     */
    public static HeadedAdapter readHeaded(Path folder) {
        PeftConfig config = PeftConfig.read(folder.resolve(CONFIG), true);
        try (Safetensors tensors = open(folder)) {
            Set<String> names = new TreeSet<>(tensors.names());
            names.removeAll(LinearHead.names(PREFIX));
            LoraAdapter adapter = adapter(names, config, tensors);
            return new HeadedAdapter(config.task(), adapter, LinearHead.read(tensors, PREFIX));
        }
    }

    private static Safetensors open(Path folder) {
        Path file = folder.resolve(MODEL);
        if (!Files.isRegularFile(file)) {
            throw new MalformedModelFileException(folder + " has no " + MODEL);
        }
        return Safetensors.open(file);
    }

    private static LoraAdapter adapter(Collection<String> names, PeftConfig config, Safetensors tensors) {
        Map<Target, Update> updates = new HashMap<>();
        for (String name : names) {
            updates.computeIfAbsent(target(name), target -> update(module(target), config, tensors));
        }
        return new LoraAdapter(updates);
    }

    private static Target target(String name) {
        Matcher matcher = NAME.matcher(name);
        if (matcher.matches()) {
            Target target = new Target(Integer.parseInt(matcher.group(1)), projection(name, matcher.group(2)));
            if (name.startsWith(module(target) + ".")) {
                return target;
            }
        }
        throw new UnsupportedModelException(
                MODEL + ": tensor " + name + " is no lora_A or lora_B of one of a decoder layer's seven matrices");
    }

    private static Projection projection(String name, String module) {
        try {
            return Projection.of(module);
        } catch (IllegalArgumentException e) {
            throw new UnsupportedModelException(MODEL + ": tensor " + name + ": " + e.getMessage());
        }
    }

    private static Update update(String module, PeftConfig config, Safetensors tensors) {
        int rank = config.rank(module);
        float[] a = read(tensor(module, "lora_A"), tensors, 0, rank);
        float[] b = read(tensor(module, "lora_B"), tensors, 1, rank);
        return new Update(rank, config.scale(module), a, b);
    }

    private static float[] read(String name, Safetensors tensors, int rankAxis, int rank) {
        if (!tensors.names().contains(name)) {
            throw new MalformedModelFileException(MODEL + ": tensor " + name + " is missing");
        }
        TensorInfo info = tensors.info(name);
        if (info.shape().size() != 2 || info.shape().get(rankAxis) != rank || info.elements() > Integer.MAX_VALUE / 4) {
            throw new MalformedModelFileException(
                    MODEL + ": " + name + " has shape " + info.shape() + "; its rank should be " + rank);
        }
        float[] values = new float[(int) info.elements()];
        tensors.read(name, FloatBuffer.wrap(values));
        return values;
    }
}
