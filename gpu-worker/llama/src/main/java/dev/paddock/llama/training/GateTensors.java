package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.JoinedUpdate;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.llama.training.FlatParameters.SlotRows;
import dev.paddock.llama.training.GateLayout.Piece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Gates in training over adapters that stay as they are: views of the gates' fp32 masters, put below the adapters before each step. */
final class GateTensors implements JoinedAdapters {
    private final LlamaConfig config;
    private final GateLayout layout;
    private final ScriptModule kernels;
    private final NDArray none;
    private final List<NDArray> values;
    private final List<Map<Group, Adapters>> layers = new ArrayList<>();
    private final FlatParameters parameters;
    private final TensorScope scope;
    private final int firstSlot;

    /**
     * The adapters of a group.
     *
     * @param a {@code [K, inputs]}, {@code b} {@code [outputs, K]}, both in the compute type
     * @param c which gate weighs which of them, as the kernels' {@code route} has it
     * @param slot of the group's gates
     */
    private record Adapters(NDArray a, NDArray b, NDArray c, int slot) {}

    /** @param firstSlot place of the layout's first slot among the parameters' */
    GateTensors(
            TensorScope scope,
            ScriptModule kernels,
            LlamaConfig config,
            LoraAdapter routed,
            GateLayout layout,
            int firstSlot,
            FlatParameters parameters,
            ScalarType type,
            NDArray none) {
        this.config = config;
        this.layout = layout;
        this.kernels = kernels;
        this.none = none;
        this.parameters = parameters;
        this.scope = scope;
        this.firstSlot = firstSlot;
        values = parameters.valueViews(scope);
        for (int layer = 0; layer < config.layers(); layer++) {
            layers.add(adapters(routed, layer, type));
        }
    }

    private Map<Group, Adapters> adapters(LoraAdapter routed, int layer, ScalarType type) {
        Map<Group, Adapters> adapters = new EnumMap<>(Group.class);
        for (Piece piece : layout.pieces(layer)) {
            adapters.computeIfAbsent(piece.group(), group -> {
                JoinedUpdate joined = JoinedUpdate.of(routed, layer, group, config, (l, p, row, into) -> {});
                try (TensorScope read = TensorScope.open()) {
                    float[] adaptersA = Arrays.copyOf(joined.a(), joined.rank() * joined.inputs());
                    NDArray a = Tensors.floats(read, adaptersA, joined.rank(), joined.inputs());
                    NDArray b = Tensors.floats(read, joined.b(), joined.outputs(), joined.rank());
                    return new Adapters(
                            Tensors.convert(scope, a, type),
                            Tensors.convert(scope, b, type),
                            Tensors.longs(scope, joined.route(), joined.route().length),
                            firstSlot + piece.slot());
                }
            });
        }
        return adapters;
    }

    @Override
    public Joined joined(TensorScope owner, int layer, FrozenWeights frozen) {
        Joined joined = Joined.empty();
        for (Group group : Group.values()) {
            Adapters adapters = layers.get(layer).get(group);
            if (adapters == null) {
                joined.addNone(none);
            } else {
                NDArray a = kernels.tensor(owner, "below", adapters.a(), values.get(adapters.slot()));
                joined.add(AdapterForm.ROUTED, a, adapters.b(), adapters.c());
            }
        }
        return joined;
    }

    @Override
    public Gradients gradients(int layer) {
        List<Piece> pieces = layout.pieces(layer);
        List<SlotRows> gates = pieces.stream()
                .map(piece -> new SlotRows(firstSlot + piece.slot(), piece.row(), layout.adapters()))
                .toList();
        List<Projection> gated =
                pieces.stream().map(piece -> piece.target().projection()).toList();
        return new Gradients(
                parameters.rows(scope, parameters.gradients(), gates),
                List.of(),
                List.of(),
                Gradients.parts(config, gated),
                new double[0]);
    }
}
