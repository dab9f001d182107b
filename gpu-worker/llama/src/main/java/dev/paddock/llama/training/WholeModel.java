package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.llama.weights.SafetensorsWriter;
import dev.paddock.llama.weights.TensorType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A model that was trained whole, as a Hugging Face folder without its tokenizer. */
final class WholeModel {
    private WholeModel() {}

    /** Writes {@code config.json} and {@code model.safetensors} in the compute type; the first slots are the model's. */
    static void write(
            Path folder, LlamaConfig config, List<WeightSlot> slots, FlatParameters parameters, ScalarType type) {
        TensorType stored = type == ScalarType.BFLOAT16 ? TensorType.BF16 : TensorType.F32;
        SafetensorsWriter writer = new SafetensorsWriter(Map.of("format", "pt"));
        try (TensorScope views = TensorScope.open()) {
            List<NDArray> tensors = parameters.valueViews(views);
            for (int i = 0; i < slots.size(); i++) {
                add(writer, slots.get(i), tensors.get(i), stored);
            }
            writer.write(folder.resolve("model.safetensors"));
        }
        try {
            Files.writeString(
                    folder.resolve("config.json"), config.toHuggingFace().toPrettyString() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(SafetensorsWriter writer, WeightSlot slot, NDArray tensor, TensorType stored) {
        int offset = 0;
        for (WeightSlot.Part part : slot.parts()) {
            int first = offset;
            int length = part.rows() * Math.max(1, slot.columns());
            List<Long> shape =
                    slot.isVector() ? List.of((long) part.rows()) : List.of((long) part.rows(), (long) slot.columns());
            writer.floats(part.name(), stored, shape, buffer -> buffer.put(Tensors.toFloats(tensor), first, length));
            offset += length;
        }
    }
}
