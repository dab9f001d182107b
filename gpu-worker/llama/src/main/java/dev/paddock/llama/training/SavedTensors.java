package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.adapter.SavedTensor;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tensors of a model that were trained whole beside adapters, as adapters' files hold them. */
final class SavedTensors {
    private SavedTensors() {}

    /** Copies the first slots of the parameters, each one tensor of the model; a tied output is written beside its embedding. */
    static Map<String, SavedTensor> of(LlamaConfig config, List<WeightSlot> slots, FlatParameters parameters) {
        Map<String, SavedTensor> saved = new HashMap<>();
        try (TensorScope views = TensorScope.open()) {
            List<NDArray> tensors = parameters.valueViews(views);
            for (int i = 0; i < slots.size(); i++) {
                saved.put(
                        slots.get(i).joinedName(),
                        new SavedTensor(parameters.slots().get(i).shape(), Tensors.toFloats(tensors.get(i))));
            }
        }
        SavedTensor embedding = saved.get(WeightSlot.embedding(config).joinedName());
        if (config.tiedEmbeddings() && embedding != null) {
            saved.put("lm_head.weight", embedding);
        }
        return saved;
    }
}
