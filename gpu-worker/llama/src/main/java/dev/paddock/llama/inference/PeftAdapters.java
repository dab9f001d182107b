package dev.paddock.llama.inference;

import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.weights.JsonFiles;
import dev.paddock.llama.weights.Safetensors;
import dev.paddock.llama.weights.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads adapters in PEFT's own layout: {@code adapter_config.json} and {@code adapter_model.safetensors}. */
public final class PeftAdapters {
    private static final Pattern MODULE = Pattern.compile("base_model\\.model\\.model\\.layers\\.(\\d{1,4})\\.("
            + Arrays.stream(Projection.values())
                    .map(projection -> Pattern.quote(projection.path()))
                    .collect(Collectors.joining("|"))
            + ")");

    private PeftAdapters() {}

    /**
     * Reads a folder.
     *
     * @throws MalformedModelFileException for files that break their format or do not belong together
     * @throws UnsupportedModelException naming the setting or tensor that is not served
     */
    public static LoraAdapter read(Path folder) {
        PeftConfig config = new PeftConfig(JsonFiles.read(folder.resolve("adapter_config.json")));
        Path file = folder.resolve("adapter_model.safetensors");
        if (!Files.isRegularFile(file)) {
            throw new MalformedModelFileException(folder + " has no adapter_model.safetensors");
        }
        try (Safetensors tensors = Safetensors.open(file)) {
            Map<LoraAdapter.Target, LoraAdapter.Update> updates = new HashMap<>();
            for (String module : modules(tensors)) {
                updates.put(target(module), update(module, config, tensors));
            }
            return new LoraAdapter(updates);
        }
    }

    private static Set<String> modules(Safetensors tensors) {
        Set<String> modules = new HashSet<>();
        for (String name : tensors.names()) {
            int end = Math.max(name.indexOf(".lora_A.weight"), name.indexOf(".lora_B.weight"));
            if (end < 0) {
                throw new UnsupportedModelException(
                        "adapter_model.safetensors: tensor '%s' is neither lora_A.weight nor lora_B.weight"
                                .formatted(name));
            }
            modules.add(name.substring(0, end));
        }
        return modules;
    }

    private static LoraAdapter.Target target(String module) {
        Matcher matcher = MODULE.matcher(module);
        if (!matcher.matches()) {
            throw new UnsupportedModelException(
                    "adapter_model.safetensors: module '%s' is none of a decoder layer's seven matrices"
                            .formatted(module));
        }
        for (Projection projection : Projection.values()) {
            if (projection.path().equals(matcher.group(2))) {
                return new LoraAdapter.Target(Integer.parseInt(matcher.group(1)), projection);
            }
        }
        throw new AssertionError(module);
    }

    private static LoraAdapter.Update update(String module, PeftConfig config, Safetensors tensors) {
        int rank = config.rank(module);
        float[] a = read(module + ".lora_A.weight", tensors, 0, rank);
        float[] b = read(module + ".lora_B.weight", tensors, 1, rank);
        return new LoraAdapter.Update(rank, config.scale(module), a, b);
    }

    private static float[] read(String name, Safetensors tensors, int rankAxis, int rank) {
        if (!tensors.names().contains(name)) {
            throw new MalformedModelFileException("adapter_model.safetensors: tensor '%s' is missing".formatted(name));
        }
        TensorInfo info = tensors.info(name);
        if (info.shape().size() != 2 || info.shape().get(rankAxis) != rank || info.elements() > Integer.MAX_VALUE / 4) {
            throw new MalformedModelFileException("adapter_model.safetensors: '%s' has shape %s; its rank should be %d"
                    .formatted(name, info.shape(), rank));
        }
        float[] values = new float[(int) info.elements()];
        tensors.read(name, FloatBuffer.wrap(values));
        return values;
    }
}
