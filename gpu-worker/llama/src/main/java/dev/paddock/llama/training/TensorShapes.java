package dev.paddock.llama.training;

import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.weights.TensorInfo;
import dev.paddock.llama.weights.TensorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tensors that a model of a configuration has. */
public final class TensorShapes {
    private TensorShapes() {}

    /** By their Hugging Face names, in fp32. */
    public static Map<String, TensorInfo> of(LlamaConfig config) {
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        for (WeightSlot slot : WeightSlot.of(config)) {
            for (WeightSlot.Part part : slot.parts()) {
                List<Long> shape = slot.isVector()
                        ? List.of((long) part.rows())
                        : List.of((long) part.rows(), (long) slot.columns());
                tensors.put(part.name(), new TensorInfo(TensorType.F32, shape));
            }
        }
        return tensors;
    }
}
