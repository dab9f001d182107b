package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.llama.training.AdapterLayout.Piece;
import dev.paddock.llama.training.FlatParameters.SlotRows;
import java.util.ArrayList;
import java.util.List;

/** Adapters in training: views of their fp32 masters, joined by group and cast for the kernels before each step. */
final class AdapterTensors implements JoinedAdapters {
    private final LlamaConfig config;
    private final LoraSettings settings;
    private final AdapterLayout layout;
    private final int firstSlot;
    private final ScriptModule kernels;
    private final ScalarType type;
    private final NDArray none;
    private final Views values;
    private final Views gradients;

    /** @param firstSlot place of the layout's first slot among the parameters' */
    AdapterTensors(
            TensorScope scope,
            ScriptModule kernels,
            LlamaConfig config,
            LoraSettings settings,
            AdapterLayout layout,
            int firstSlot,
            FlatParameters parameters,
            ScalarType type,
            NDArray none) {
        this.config = config;
        this.settings = settings;
        this.layout = layout;
        this.firstSlot = firstSlot;
        this.kernels = kernels;
        this.type = type;
        this.none = none;
        values = views(scope, parameters, parameters.values());
        gradients = views(scope, parameters, parameters.gradients());
    }

    /** For each piece its A, its B and, in DoRA, its magnitude; and every slot. */
    private record Views(List<NDArray> a, List<NDArray> b, List<NDArray> magnitudes, List<NDArray> slots) {}

    private Views views(TensorScope scope, FlatParameters parameters, NDArray flat) {
        List<SlotRows> a = new ArrayList<>();
        List<SlotRows> b = new ArrayList<>();
        List<SlotRows> magnitudes = new ArrayList<>();
        for (Piece piece : layout.pieces()) {
            int outputs = piece.projection().outputs(config);
            a.add(new SlotRows(firstSlot + piece.slotA(), piece.rowA(), piece.rank()));
            b.add(new SlotRows(firstSlot + piece.slotB(), 0, outputs));
            if (piece.slotMagnitude() >= 0) {
                magnitudes.add(new SlotRows(firstSlot + piece.slotMagnitude(), 0, outputs));
            }
        }
        return new Views(
                parameters.rows(scope, flat, a),
                parameters.rows(scope, flat, b),
                parameters.rows(scope, flat, magnitudes),
                parameters
                        .views(scope, flat)
                        .subList(firstSlot, firstSlot + layout.slots().size()));
    }

    /** Sets every magnitude to the norm of its frozen row, where training begins (DoRA, section 4.2). */
    void initializeMagnitudes(FrozenWeights frozen) {
        for (int i = 0; i < values.magnitudes().size(); i++) {
            Piece piece = layout.pieces().get(i);
            try (TensorScope temporary = TensorScope.open()) {
                NDArray norms = kernels.tensor(
                        temporary,
                        "row_norms",
                        matrix(frozen, piece.layer(), piece.projection().group()),
                        none,
                        none);
                int first = piece.projection().firstOutput(config);
                Tensors.copyRows(
                        values.magnitudes().get(i),
                        0,
                        norms.get(new NDIndex(
                                first + ":" + (first + piece.projection().outputs(config)))));
            }
        }
    }

    private NDArray matrix(FrozenWeights frozen, int layer, Group group) {
        return frozen.tensor(WeightSlot.matrix(config, layer, group));
    }

    @Override
    public Joined joined(TensorScope owner, int layer, FrozenWeights frozen) {
        Joined joined = Joined.empty();
        List<Group> groups = List.of(Group.values());
        for (int i = 0; i < groups.size(); i++) {
            List<Piece> pieces = pieces(layer, groups.get(i));
            if (pieces.isEmpty()) {
                joined.addNone(none);
            } else {
                joined.kinds()[i] = settings.form().kind();
                join(owner, groups.get(i), pieces, frozen, joined);
            }
        }
        return joined;
    }

    private List<Piece> pieces(int layer, Group group) {
        return layout.pieces(layer).stream()
                .filter(piece -> piece.projection().group() == group)
                .toList();
    }

    private void join(TensorScope owner, Group group, List<Piece> pieces, FrozenWeights frozen, Joined joined) {
        int layer = pieces.get(0).layer();
        int first = layout.pieces().indexOf(pieces.get(0));
        long[] rows = pieces.stream()
                .mapToLong(piece -> piece.projection().firstOutput(config))
                .toArray();
        int outputs = group.projections().stream()
                .mapToInt(projection -> projection.outputs(config))
                .sum();
        double[] scales = pieces.stream().mapToDouble(Piece::scale).toArray();
        List<NDArray> b = values.b().subList(first, first + pieces.size());
        joined.b().add(kernels.tensor(owner, "block_diagonal", b, rows, outputs, scales, type.code()));
        if (settings.form().readsOutputs()) {
            List<NDArray> a = values.a().subList(first, first + pieces.size());
            joined.a().add(kernels.tensor(owner, "block_diagonal_inputs", a, rows, outputs, type.code()));
        } else {
            NDArray a = values.slots().get(pieces.get(0).slotA());
            joined.a()
                    .add(kernels.tensors(owner, "cast", List.of(a), type.code()).get(0));
        }
        joined.c()
                .add(
                        settings.form() == AdapterForm.DORA
                                ? outputScales(
                                        owner, matrix(frozen, layer, group), first, pieces, rows, outputs, scales)
                                : none);
    }

    private NDArray outputScales(
            TensorScope owner, NDArray w, int first, List<Piece> pieces, long[] rows, int outputs, double[] scales) {
        try (TensorScope temporary = TensorScope.open()) {
            List<NDArray> b = values.b().subList(first, first + pieces.size());
            NDArray exact =
                    kernels.tensor(temporary, "block_diagonal", b, rows, outputs, scales, ScalarType.FLOAT32.code());
            NDArray a = values.slots().get(pieces.get(0).slotA());
            NDArray norms = kernels.tensor(temporary, "row_norms", w, a, exact);
            return kernels.tensor(
                    owner, "output_scales", norms, values.magnitudes().subList(first, first + pieces.size()), rows);
        }
    }

    @Override
    public Gradients gradients(int layer) {
        List<Piece> pieces = layout.pieces(layer);
        int first = pieces.isEmpty() ? 0 : layout.pieces().indexOf(pieces.get(0));
        int end = first + pieces.size();
        return new Gradients(
                gradients.a().subList(first, end),
                gradients.b().subList(first, end),
                gradients.magnitudes().isEmpty()
                        ? List.of()
                        : gradients.magnitudes().subList(first, end),
                Gradients.parts(config, pieces.stream().map(Piece::projection).toList()),
                pieces.stream().mapToDouble(Piece::scale).toArray());
    }
}
