package dev.paddock.llama.adapter;

import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.weights.Safetensors;
import dev.paddock.llama.weights.SafetensorsWriter;
import dev.paddock.llama.weights.TensorType;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Adapters as folders in PEFT's layout: {@code adapter_config.json} and {@code adapter_model.safetensors}. Bottlenecks have that of
 * LLM-Adapters' fork of PEFT, in safetensors too.
 */
public final class PeftAdapter {
    static final String CONFIG = "adapter_config.json";
    static final String MODEL = "adapter_model.safetensors";
    static final String PREFIX = "base_model.model.";
    static final String MAGNITUDE = "lora_magnitude_vector";

    private PeftAdapter() {}

    /**
     * Writes an adapter into a folder that exists.
     *
     * @param settings what its configuration says of it
     * @param baseModel what the configuration names as its base
     */
    public static void write(Path folder, LoraSettings settings, LoraAdapter adapter, String baseModel) {
        SafetensorsWriter writer = writer(adapter);
        writer.write(folder.resolve(MODEL));
        AdapterConfig.write(folder.resolve(CONFIG), settings, adapter, TaskType.CAUSAL_LM, baseModel);
    }

    /**
     * Writes an adapter and its head into a folder that exists; a head on tokens always with a bias, without which PEFT refuses it.
     *
     * @param settings what its configuration says of it
     * @param baseModel what the configuration names as its base
     */
    public static void write(Path folder, LoraSettings settings, HeadedAdapter headed, String baseModel) {
        SafetensorsWriter writer = writer(headed.adapter());
        headed.saved().add(writer, PREFIX);
        writer.write(folder.resolve(MODEL));
        AdapterConfig.write(folder.resolve(CONFIG), settings, headed.adapter(), headed.task(), baseModel);
    }

    private static SafetensorsWriter writer(LoraAdapter adapter) {
        SafetensorsWriter writer = new SafetensorsWriter(Map.of("format", "pt"));
        adapter.updates().forEach((target, update) -> add(writer, target, update));
        adapter.modules()
                .forEach((name, saved) -> writer.floats(
                        PREFIX + name, TensorType.F32, saved.shape(), buffer -> buffer.put(saved.values())));
        return writer;
    }

    private static void add(SafetensorsWriter writer, Target target, Update update) {
        String module = module(target);
        long rank = update.rank();
        add(writer, tensor(module, update.form().nameOfA()), update.a(), List.of(rank, update.a().length / rank));
        add(writer, tensor(module, update.form().nameOfB()), update.b(), List.of(update.b().length / rank, rank));
        if (update.magnitude().length > 0) {
            add(writer, module + "." + MAGNITUDE, update.magnitude(), List.of((long) update.magnitude().length));
        }
    }

    private static void add(SafetensorsWriter writer, String name, float[] values, List<Long> shape) {
        writer.floats(name, TensorType.F32, shape, buffer -> buffer.put(values));
    }

    static String module(Target target) {
        return PREFIX + target.projection().path(target.layer());
    }

    static String tensor(String module, String part) {
        return module + "." + part + ".weight";
    }

    /**
     * Reads an adapter that this program or PEFT wrote; ranks and scales may differ from module to module. A folder of adapters
     * under gates is one routed adapter.
     *
     * @throws UnsupportedModelException naming the option or tensor that the engine does not have
     * @throws MalformedModelFileException for files that break their format or do not belong together
     */
    public static LoraAdapter read(Path folder) {
        return RoutedFolder.isIn(folder) ? RoutedFolder.read(folder) : stored(folder, StoredAdapter::whole);
    }

    /**
     * Reads an adapter as {@link #read(Path)} does, update by update, each when it is asked for.
     *
     * @param use what is done with it as long as its file is open
     */
    public static <T> T read(Path folder, Function<AdapterSource, T> use) {
        return RoutedFolder.isIn(folder) ? use.apply(RoutedFolder.read(folder)) : stored(folder, use::apply);
    }

    private static <T> T stored(Path folder, Function<StoredAdapter, T> use) {
        AdapterConfig config = AdapterConfig.read(folder.resolve(CONFIG), false);
        try (Safetensors tensors = open(folder)) {
            return use.apply(new StoredAdapter(tensors.names(), config, tensors));
        }
    }

    /**
     * Reads an adapter with a head that gives labels.
     *
     * @throws UnsupportedModelException naming the option or tensor that the engine does not have
     * @throws MalformedModelFileException for files that break their format or do not belong together
     */
    public static HeadedAdapter readHeaded(Path folder) {
        AdapterConfig config = AdapterConfig.read(folder.resolve(CONFIG), true);
        try (Safetensors tensors = open(folder)) {
            Set<String> names = new TreeSet<>(tensors.names());
            names.removeAll(LinearHead.names(PREFIX));
            LoraAdapter adapter = new StoredAdapter(names, config, tensors).whole();
            return new HeadedAdapter(
                    AdapterConfig.task(folder.resolve(CONFIG)), adapter, LinearHead.read(tensors, PREFIX, MODEL));
        }
    }

    static Safetensors open(Path folder) {
        Path file = folder.resolve(MODEL);
        if (!Files.isRegularFile(file)) {
            throw new MalformedModelFileException(folder + " has no " + MODEL);
        }
        return Safetensors.open(file);
    }

    static float[] floats(String name, Safetensors tensors) {
        if (tensors.info(name).elements() > Integer.MAX_VALUE / 4) {
            throw new UnsupportedModelException(
                    MODEL + ": " + name + " has shape " + tensors.info(name).shape() + ", which is too large");
        }
        float[] values = new float[(int) tensors.info(name).elements()];
        tensors.read(name, FloatBuffer.wrap(values));
        return values;
    }
}
