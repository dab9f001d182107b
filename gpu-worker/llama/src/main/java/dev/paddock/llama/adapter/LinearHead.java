package dev.paddock.llama.adapter;

import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.weights.Safetensors;
import dev.paddock.llama.weights.SafetensorsWriter;
import dev.paddock.llama.weights.TensorType;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;

/**
 * A linear layer on the last hidden states: {@code logits = W x + b}.
 *
 * @param outputs C, one for each label
 * @param inputs D, the model's hidden size
 * @param weight {@code [C, D]}, rows first
 * @param bias {@code [C]}, or empty for none
 */
@SuppressWarnings("ArrayRecordComponent")
public record LinearHead(int outputs, int inputs, float[] weight, float[] bias) {
    /** Its name in Hugging Face's sequence and token classifiers. */
    public static final String MODULE = "score";

    private static final String WEIGHT = MODULE + ".weight";
    private static final String BIAS = MODULE + ".bias";

    public LinearHead {
        boolean fits =
                outputs > 0 && weight.length == (long) outputs * inputs && (bias.length == 0 || bias.length == outputs);
        if (!fits) {
            throw new IllegalArgumentException("a head of %d labels over %d inputs cannot have %d weights and %d biases"
                    .formatted(outputs, inputs, weight.length, bias.length));
        }
    }

    /** The head as Hugging Face's classes of a task have it: the one on tokens has a bias, the one on texts none. */
    public LinearHead savedFor(TaskType task) {
        return task == TaskType.TOKEN_CLS && bias.length == 0
                ? new LinearHead(outputs, inputs, weight, new float[outputs])
                : this;
    }

    /** Names of the tensors that a file may have of a head. */
    static Set<String> names(String prefix) {
        return Set.of(prefix + WEIGHT, prefix + BIAS);
    }

    /** Adds its tensors, in fp32, under their names behind a prefix. */
    public void add(SafetensorsWriter writer, String prefix) {
        writer.floats(
                prefix + WEIGHT, TensorType.F32, List.of((long) outputs, (long) inputs), buffer -> buffer.put(weight));
        if (bias.length > 0) {
            writer.floats(prefix + BIAS, TensorType.F32, List.of((long) outputs), buffer -> buffer.put(bias));
        }
    }

    /**
     * Reads its tensors.
     *
     * @param file what messages call the file
     * @throws MalformedModelFileException where the weight is missing or is no matrix, or the bias does not fit it
     */
    public static LinearHead read(Safetensors tensors, String prefix, String file) {
        String name = prefix + WEIGHT;
        List<Long> shape = tensors.names().contains(name) ? tensors.info(name).shape() : List.of();
        if (shape.size() != 2 || tensors.info(name).elements() > Integer.MAX_VALUE / 4) {
            throw new MalformedModelFileException(
                    file + ": " + name + " has shape " + shape + "; it should be [labels, hidden size]");
        }
        float[] bias = tensors.names().contains(prefix + BIAS) ? floats(tensors, prefix + BIAS) : new float[0];
        int outputs = shape.get(0).intValue();
        try {
            return new LinearHead(outputs, shape.get(1).intValue(), floats(tensors, name), bias);
        } catch (IllegalArgumentException e) {
            throw new MalformedModelFileException(file + ": " + e.getMessage(), e);
        }
    }

    private static float[] floats(Safetensors tensors, String name) {
        float[] values = new float[Math.toIntExact(tensors.info(name).elements())];
        tensors.read(name, FloatBuffer.wrap(values));
        return values;
    }
}
