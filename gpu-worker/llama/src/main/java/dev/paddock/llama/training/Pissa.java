package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.llama.training.AdapterLayout.Piece;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Principal singular values and vectors in training, the rest of the matrix frozen (PiSSA, Meng et al. 2024, arXiv:2404.02948).
 * With W = U S V and scale s, {@code A = sqrt(S_r / s) V_r} and {@code B = U_r sqrt(S_r / s)}, as PEFT begins.
 */
final class Pissa {
    private Pissa() {}

    /**
     * Takes {@code s B A} out of every adapted matrix.
     *
     * @return A and B of each
     * @throws IllegalArgumentException for matrices that are held in fewer bits than they are computed with, or a rank that a matrix
     *     does not have
     */
    static LoraAdapter split(ScriptModule kernels, LlamaConfig config, AdapterLayout layout, FrozenWeights frozen) {
        if (!(frozen instanceof ResidentWeights)) {
            throw new IllegalArgumentException(
                    "initialization pissa changes the frozen matrices, which are quantized here: use initialization default");
        }
        Map<Target, Update> updates = new HashMap<>();
        for (Piece piece : layout.pieces()) {
            check(piece, config);
            updates.put(piece.target(), split(kernels, config, piece, frozen));
        }
        return new LoraAdapter(updates);
    }

    private static void check(Piece piece, LlamaConfig config) {
        Projection projection = piece.projection();
        int most = Math.min(projection.inputs(config), projection.outputs(config));
        if (piece.rank() > most) {
            throw new IllegalArgumentException("r is " + piece.rank() + " on " + projection.path(piece.layer())
                    + ", which has " + most + " singular values: initialization pissa takes " + most + " at most");
        }
    }

    private static Update split(ScriptModule kernels, LlamaConfig config, Piece piece, FrozenWeights frozen) {
        Projection projection = piece.projection();
        NDArray matrix = frozen.tensor(WeightSlot.matrix(config, piece.layer(), projection.group()));
        int first = projection.firstOutput(config);
        try (TensorScope temporary = TensorScope.open()) {
            List<NDArray> parts = kernels.tensors(
                    temporary,
                    "take_principal",
                    matrix,
                    first,
                    first + projection.outputs(config),
                    piece.rank(),
                    piece.scale());
            return new Update(
                    piece.rank(), piece.scale(), Tensors.toFloats(parts.get(0)), Tensors.toFloats(parts.get(1)));
        }
    }

    /** {@code B A - B0 A0} as updates of twice the rank: A above A0, and B beside -B0. */
    static Map<Target, Update> differences(LoraAdapter trained, LoraAdapter start) {
        Map<Target, Update> differences = new HashMap<>();
        trained.updates()
                .forEach((target, update) -> differences.put(
                        target,
                        difference(
                                update, Objects.requireNonNull(start.updates().get(target)))));
        return differences;
    }

    private static Update difference(Update now, Update before) {
        float[] a = Arrays.copyOf(now.a(), 2 * now.a().length);
        System.arraycopy(before.a(), 0, a, now.a().length, now.a().length);
        int rank = now.rank();
        float[] b = new float[2 * now.b().length];
        for (int i = 0; i < now.b().length; i++) {
            int at = i / rank * 2 * rank + i % rank;
            b[at] = now.b()[i];
            b[at + rank] = -before.b()[i];
        }
        return new Update(2 * rank, now.scale(), a, b);
    }
}
