package dev.paddock.llama.training;

import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.adapter.Routing;
import dev.paddock.llama.config.LlamaConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Where gates lie in the flat buffers: those of a group, which read the same input, one below the other as one tensor. */
final class GateLayout implements AdapterSlots {
    private final Routing routing;
    private final int adapters;
    private final List<FlatSlot> slots = new ArrayList<>();
    private final List<Piece> pieces = new ArrayList<>();

    GateLayout(LlamaConfig config, Routing routing) {
        this.routing = routing;
        adapters = routing.members().size();
        for (int layer = 0; layer < config.layers(); layer++) {
            for (Group group : Group.values()) {
                add(layer, gated(layer, group), config);
            }
        }
    }

    /**
     * One projection's gate.
     *
     * @param slot of its group's gates
     * @param row its first row there
     */
    record Piece(Target target, int slot, int row) {
        Group group() {
            return target.projection().group();
        }
    }

    private List<Projection> gated(int layer, Group group) {
        return group.projections().stream()
                .filter(projection -> routing.targets().contains(new Target(layer, projection)))
                .toList();
    }

    private void add(int layer, List<Projection> gated, LlamaConfig config) {
        if (gated.isEmpty()) {
            return;
        }
        for (int i = 0; i < gated.size(); i++) {
            pieces.add(new Piece(new Target(layer, gated.get(i)), slots.size(), i * adapters));
        }
        String name = String.join(
                "+", gated.stream().map(p -> p.path(layer) + ".gate.weight").toList());
        slots.add(FlatSlot.of(name, gated.size() * adapters, gated.get(0).inputs(config), true));
    }

    @Override
    public List<FlatSlot> slots() {
        return slots;
    }

    /** Gated projections in the order of blocks and projections. */
    List<Piece> pieces(int layer) {
        return pieces.stream()
                .filter(piece -> piece.target().layer() == layer)
                .sorted(Comparator.comparing(Piece::target))
                .toList();
    }

    /** Rows of a gate. */
    int adapters() {
        return adapters;
    }

    /** Uniform within {@code sqrt(1 / inputs)}, as PyTorch begins linear layers. */
    @Override
    public void initialize(float[] flat, List<FlatSlot> placed, Random random) {
        for (FlatSlot slot : placed) {
            double bound = 1 / Math.sqrt(slot.columns());
            int first = Math.toIntExact(slot.offset());
            for (int i = first; i < first + slot.elements(); i++) {
                flat[i] = (float) ((2 * random.nextDouble() - 1) * bound);
            }
        }
    }

    @Override
    public LoraAdapter adapter(float[] flat, List<FlatSlot> placed) {
        Map<Target, float[]> gates = new HashMap<>();
        for (Piece piece : pieces) {
            int first = first(piece, placed);
            gates.put(piece.target(), Arrays.copyOfRange(flat, first, first + size(piece, placed)));
        }
        return routing.under(target -> Objects.requireNonNull(gates.get(target)));
    }

    @Override
    public void copy(LoraAdapter adapter, float[] flat, List<FlatSlot> placed) {
        for (Piece piece : pieces) {
            Update update = adapter.updates().get(piece.target());
            int size = size(piece, placed);
            if (update == null || update.gate().weights().length != size) {
                throw new IllegalArgumentException("the adapter has no gate of " + size + " numbers at "
                        + piece.target().projection().path(piece.target().layer()));
            }
            System.arraycopy(update.gate().weights(), 0, flat, first(piece, placed), size);
        }
    }

    private static int first(Piece piece, List<FlatSlot> placed) {
        FlatSlot slot = placed.get(piece.slot());
        return Math.toIntExact(slot.offset() + (long) piece.row() * slot.columns());
    }

    private int size(Piece piece, List<FlatSlot> placed) {
        return adapters * placed.get(piece.slot()).columns();
    }
}
