package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.quantization.Nf4Dequantizer;
import dev.paddock.llama.quantization.Nf4Matrix;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.TensorMemory;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.llama.weights.WeightSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Frozen matrices of the blocks in NF4 (QLoRA, Dettmers et al. 2023, arXiv:2305.14314), dequantized when a block is computed, each
 * into one tensor that all blocks share. Norms, biases and the vocabulary stay as they are computed with.
 */
final class Nf4Weights implements FrozenWeights {
    private final ResidentWeights others;
    private final Map<WeightSlot, List<Nf4Matrix>> matrices = new HashMap<>();
    private final Map<Shape, Scratch> scratches = new HashMap<>();
    private final Nf4Dequantizer dequantizer = new Nf4Dequantizer(Libtorch.threads());
    private final TensorScope scope;
    private final ScalarType type;

    /** Quantizes the wanted matrices of a model's blocks, one after another. */
    Nf4Weights(TensorScope scope, WeightSource source, ScalarType type, Predicate<WeightSlot> wanted) {
        this.scope = scope;
        this.type = type;
        others = new ResidentWeights(scope, source, type, wanted.and(slot -> !isBlockMatrix(slot)));
        for (WeightSlot slot : WeightSlot.of(source.config())) {
            if (wanted.test(slot) && isBlockMatrix(slot)) {
                matrices.put(
                        slot,
                        slot.parts().stream()
                                .map(part -> Nf4Matrix.quantize(scope, source, part.name()))
                                .toList());
            }
        }
    }

    private static boolean isBlockMatrix(WeightSlot slot) {
        return !slot.isVector() && !slot.isVocabulary();
    }

    /** The four products of a block have a tensor each, also where two are of one shape. */
    private record Shape(String product, int rows, int columns) {
        static Shape of(WeightSlot slot) {
            String name = slot.parts().get(0).name();
            return new Shape(name.substring(name.indexOf('.', "model.layers.".length())), slot.rows(), slot.columns());
        }
    }

    /** A tensor that holds one matrix at a time. */
    private static final class Scratch {
        final NDArray tensor;
        final TensorMemory memory;

        @Nullable WeightSlot holds;

        Scratch(NDArray tensor) {
            this.tensor = tensor;
            memory = TensorMemory.of(tensor);
        }
    }

    @Override
    public NDArray tensor(WeightSlot slot) {
        return isBlockMatrix(slot) && !slot.parts().isEmpty() ? dequantized(slot) : others.tensor(slot);
    }

    private NDArray dequantized(WeightSlot slot) {
        Scratch scratch = scratches.computeIfAbsent(
                Shape.of(slot), shape -> new Scratch(Tensors.zeros(scope, type, shape.rows(), shape.columns())));
        if (!slot.equals(scratch.holds)) {
            long row = 0;
            for (Nf4Matrix matrix :
                    Objects.requireNonNull(matrices.get(slot), () -> "no matrix was read for " + slot)) {
                matrix.dequantizeInto(scratch.memory, row, dequantizer);
                row += matrix.rows();
            }
            scratch.holds = slot;
        }
        return scratch.tensor;
    }

    @Override
    public long matrixBytes() {
        return matrices.values().stream()
                .flatMap(List::stream)
                .mapToLong(Nf4Matrix::bytes)
                .sum();
    }

    @Override
    public void close() {
        dequantizer.close();
        others.close();
    }
}
