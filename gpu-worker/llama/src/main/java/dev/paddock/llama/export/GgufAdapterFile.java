package dev.paddock.llama.export;

import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.AdapterRules;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.export.HuggingFaceFolder.Content;
import dev.paddock.llama.weights.GgufFileWriter;
import dev.paddock.llama.weights.GgufNames;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A LoRA adapter as a GGUF file that llama.cpp lays over its base ({@code --lora}): thin matrices in fp32. llama.cpp scales every
 * product with {@code alpha / r}, one alpha for all; where an adapter's scales are others, B carries the difference.
 */
public final class GgufAdapterFile {
    private GgufAdapterFile() {}

    /**
     * The file's content. What can be refused is refused here.
     *
     * @param base the model that the adapter sits on
     * @param adapter a folder in PEFT's layout
     * @throws UnsupportedModelException for an adapter that is more than LoRA
     */
    public static Content of(Path base, Path adapter) {
        LoraAdapter read = PeftAdapter.read(adapter);
        requireLora(read);
        LlamaConfig config;
        try (WeightSource weights = ModelFiles.open(base)) {
            config = weights.config();
        }
        AdapterRules.requireMergeable(read, config);
        GgufFileWriter writer = writer(read, config);
        return target -> writer.write(Channels.newChannel(target));
    }

    private static void requireLora(LoraAdapter adapter) {
        boolean lora = adapter.updates().values().stream().allMatch(update -> update.form() == AdapterForm.LORA);
        if (!lora || !adapter.modules().isEmpty() || adapter.updates().isEmpty()) {
            throw new UnsupportedModelException("the adapter is no plain LoRA (it has "
                    + (lora ? "modules that were trained whole" : "DoRA magnitudes, a bottleneck or gates")
                    + "), and GGUF has adapters of thin matrices alone: take the merged model");
        }
    }

    private static GgufFileWriter writer(LoraAdapter adapter, LlamaConfig config) {
        Update first = adapter.updates().values().iterator().next();
        double alpha = first.scale() * first.rank();
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("general.architecture", "llama");
        metadata.put("general.type", "adapter");
        metadata.put("adapter.type", "lora");
        metadata.put("adapter.lora.alpha", alpha);
        GgufFileWriter writer = new GgufFileWriter(metadata, config.headSize());
        adapter.updates().forEach((target, update) -> {
            String matrix = target.projection().path(target.layer()) + ".weight";
            String name = GgufNames.gguf(matrix);
            long rank = update.rank();
            writer.floats(name + ".lora_a", List.of(rank, update.a().length / rank), update.a());
            float[] b = scaled(update.b(), update.scale() * rank / alpha);
            writer.floatsLike(matrix, name + ".lora_b", List.of(b.length / rank, rank), b);
        });
        return writer;
    }

    private static float[] scaled(float[] numbers, double factor) {
        float[] scaled = numbers.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (scaled[i] * factor);
        }
        return scaled;
    }
}
