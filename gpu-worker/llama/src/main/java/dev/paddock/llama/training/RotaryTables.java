package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.util.List;

/** Cosines and sines of the rotary embedding in fp32. */
final class RotaryTables {
    private RotaryTables() {}

    /** Cosines {@code [length, headSize]}, both halves alike, and sines {@code [length, headSize / 2]}. */
    static List<NDArray> of(TensorScope scope, LlamaConfig config, int length) {
        float[] frequencies = config.inverseFrequencies(length);
        float factor = (float) config.attentionFactor();
        int half = frequencies.length;
        float[] cos = new float[length * half * 2];
        float[] sin = new float[length * half];
        for (int position = 0; position < length; position++) {
            for (int i = 0; i < half; i++) {
                float angle = position * frequencies[i];
                float cosine = (float) Math.cos(angle) * factor;
                cos[position * half * 2 + i] = cosine;
                cos[position * half * 2 + half + i] = cosine;
                sin[position * half + i] = (float) Math.sin(angle) * factor;
            }
        }
        return List.of(Tensors.floats(scope, cos, length, half * 2L), Tensors.floats(scope, sin, length, half));
    }
}
