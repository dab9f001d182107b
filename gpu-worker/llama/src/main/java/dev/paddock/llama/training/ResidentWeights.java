package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.llama.weights.WeightSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** Frozen tensors held as they are computed with. */
final class ResidentWeights implements FrozenWeights {
    private final ScalarType type;
    private final Map<WeightSlot, NDArray> tensors = new HashMap<>();

    /** Reads the wanted slots of a model in pieces, so that no matrix is held twice. */
    ResidentWeights(TensorScope scope, WeightSource source, ScalarType type, Predicate<WeightSlot> wanted) {
        this.type = type;
        for (WeightSlot slot : WeightSlot.of(source.config())) {
            if (wanted.test(slot) && !tensors.containsKey(slot)) {
                NDArray tensor = slot.isVector()
                        ? Tensors.zeros(scope, type, slot.rows())
                        : Tensors.zeros(scope, type, slot.rows(), slot.columns());
                BaseWeights.read(source, slot, tensor);
                tensors.put(slot, tensor);
            }
        }
    }

    @Override
    public NDArray tensor(WeightSlot slot) {
        return Objects.requireNonNull(tensors.get(slot), () -> "no tensor was read for " + slot);
    }

    @Override
    public long matrixBytes() {
        return tensors.keySet().stream()
                .filter(slot -> !slot.isVector() && !slot.isVocabulary())
                .mapToLong(slot -> slot.elements() * type.bytes())
                .sum();
    }

    /** The tensors belong to the scope that they were read into. */
    @Override
    public void close() {}
}
