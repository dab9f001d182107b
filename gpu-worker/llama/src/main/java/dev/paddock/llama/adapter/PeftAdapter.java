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

/**
 * Adapters as folders in PEFT's layout: {@code adapter_config.json} and {@code adapter_model.safetensors}. Bottlenecks have that of
 * LLM-Adapters' fork of PEFT, in safetensors too.
 */
public final class PeftAdapter {
    static final String CONFIG = "adapter_config.json";
    static final String MODEL = "adapter_model.safetensors";
    private static final String PREFIX = "base_model.model.";
    private static final Pattern NAME =
            Pattern.compile("base_model\\.model\\.model\\.layers\\.(\\d{1,4})\\.(?:self_attn|mlp)\\.(\\w+)\\."
                    + "(?:(?:lora_A|lora_B|adapter_down|adapter_up)\\.weight|lora_magnitude_vector)");
    private static final String MAGNITUDE = "lora_magnitude_vector";

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

    private static String tensor(String module, String part) {
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
        if (RoutedFolder.isIn(folder)) {
            return RoutedFolder.read(folder);
        }
        AdapterConfig config = AdapterConfig.read(folder.resolve(CONFIG), false);
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
        AdapterConfig config = AdapterConfig.read(folder.resolve(CONFIG), true);
        try (Safetensors tensors = open(folder)) {
            Set<String> names = new TreeSet<>(tensors.names());
            names.removeAll(LinearHead.names(PREFIX));
            LoraAdapter adapter = adapter(names, config, tensors);
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

    private static LoraAdapter adapter(Collection<String> names, AdapterConfig config, Safetensors tensors) {
        Map<Target, Update> updates = new HashMap<>();
        Map<String, SavedTensor> modules = new HashMap<>();
        for (String name : names) {
            if (isSaved(name)) {
                modules.put(name.substring(PREFIX.length()), saved(name, tensors));
            } else {
                updates.computeIfAbsent(target(name), target -> update(target, config, tensors));
            }
        }
        config.savedModules().stream()
                .filter(module -> !AdapterConfig.HEADS.contains(module))
                .forEach(module -> requireSaved(module, modules));
        return new LoraAdapter(updates, modules);
    }

    private static boolean isSaved(String name) {
        return name.startsWith(PREFIX)
                && SavedModule.of(name.substring(PREFIX.length())).isPresent();
    }

    private static void requireSaved(String module, Map<String, SavedTensor> modules) {
        if (modules.keySet().stream().noneMatch(tensor -> tensor.endsWith(module + ".weight"))) {
            throw new MalformedModelFileException("adapter_config.json names " + module + " in modules_to_save, and "
                    + MODEL + " has no tensor of it");
        }
    }

    private static SavedTensor saved(String name, Safetensors tensors) {
        return new SavedTensor(tensors.info(name).shape(), floats(name, tensors));
    }

    private static Target target(String name) {
        Matcher matcher = NAME.matcher(name);
        if (matcher.matches()) {
            Target target = new Target(Integer.parseInt(matcher.group(1)), projection(name, matcher.group(2)));
            if (name.startsWith(module(target) + ".")) {
                return target;
            }
        }
        throw new UnsupportedModelException(MODEL + ": tensor " + name
                + " belongs to none of a decoder layer's seven matrices, its norms, embed_tokens and lm_head");
    }

    private static Projection projection(String name, String module) {
        try {
            return Projection.of(module);
        } catch (IllegalArgumentException e) {
            throw new UnsupportedModelException(MODEL + ": tensor " + name + ": " + e.getMessage());
        }
    }

    private static Update update(Target target, AdapterConfig config, Safetensors tensors) {
        String module = module(target);
        String path = target.projection().path(target.layer());
        int rank = config.rank(path);
        AdapterForm form = config.form();
        float[] a = read(tensor(module, form.nameOfA()), tensors, 0, rank);
        float[] b = read(tensor(module, form.nameOfB()), tensors, 1, rank);
        return new Update(form, rank, config.scale(path), a, b, magnitude(module, form, b.length / rank, tensors));
    }

    private static float[] magnitude(String module, AdapterForm form, int outputs, Safetensors tensors) {
        String name = module + "." + MAGNITUDE;
        boolean there = tensors.names().contains(name);
        if (there != (form == AdapterForm.DORA)) {
            throw new MalformedModelFileException(MODEL + ": tensor " + name + " is " + (there ? "there" : "missing")
                    + ", and use_dora in adapter_config.json says otherwise");
        }
        if (!there) {
            return new float[0];
        }
        if (!tensors.info(name).shape().equals(List.of((long) outputs))) {
            throw new MalformedModelFileException(MODEL + ": " + name + " has shape "
                    + tensors.info(name).shape() + "; its layer has " + outputs + " outputs");
        }
        return floats(name, tensors);
    }

    private static float[] read(String name, Safetensors tensors, int rankAxis, int rank) {
        if (!tensors.names().contains(name)) {
            throw new MalformedModelFileException(MODEL + ": tensor " + name + " is missing");
        }
        TensorInfo info = tensors.info(name);
        if (info.shape().size() != 2 || info.shape().get(rankAxis) != rank) {
            throw new MalformedModelFileException(
                    MODEL + ": " + name + " has shape " + info.shape() + "; its rank should be " + rank);
        }
        return floats(name, tensors);
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
