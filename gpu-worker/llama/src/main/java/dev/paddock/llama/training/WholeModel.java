package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.classification.ClassificationHead;
import dev.paddock.llama.classification.WholeClassifier;
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

/**
 * A model that was trained whole, as a Hugging Face folder without its tokenizer. Its tensors are in the compute type.
 *
 * @param slots the model's, which are the first of the parameters
 */
record WholeModel(LlamaConfig config, List<WeightSlot> slots, FlatParameters parameters, ScalarType type) {
    /** Writes {@code config.json} and {@code model.safetensors}. */
    void write(Path folder) {
        try (TensorScope views = TensorScope.open()) {
            weights(views).write(folder.resolve("model.safetensors"));
            Files.writeString(
                    folder.resolve("config.json"), config.toHuggingFace().toPrettyString() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the same as a classifier with this head. */
    void write(Path folder, ClassificationHead head) {
        try (TensorScope views = TensorScope.open()) {
            WholeClassifier.write(folder, config, head, weights(views));
        }
    }

    /** The model's tensors, read from the parameters when they are written. */
    private SafetensorsWriter weights(TensorScope views) {
        TensorType stored = type == ScalarType.BFLOAT16 ? TensorType.BF16 : TensorType.F32;
        SafetensorsWriter writer = new SafetensorsWriter(Map.of("format", "pt"));
        List<NDArray> tensors = parameters.valueViews(views);
        for (int i = 0; i < slots.size(); i++) {
            add(writer, slots.get(i), tensors.get(i), stored);
        }
        return writer;
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
