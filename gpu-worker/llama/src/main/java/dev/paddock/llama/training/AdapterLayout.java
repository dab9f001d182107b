package dev.paddock.llama.training;

import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.config.LlamaConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Where adapters lie in the flat buffers. The matrices A of a group that read the same input stand one below the other, so that
 * they are one tensor; every B and every magnitude is one of its own.
 */
final class AdapterLayout implements AdapterSlots {
    private static final double BOTTLENECK_DEVIATION = 0.02;

    private final LlamaConfig config;
    private final LoraSettings settings;
    private final List<FlatSlot> slots = new ArrayList<>();
    private final List<Piece> pieces = new ArrayList<>();

    AdapterLayout(LlamaConfig config, LoraSettings settings) {
        this.config = config;
        this.settings = settings;
        for (int layer = 0; layer < config.layers(); layer++) {
            for (Group group : Group.values()) {
                addGroup(layer, adapted(layer, group));
            }
        }
    }

    /**
     * One projection's adapter.
     *
     * @param slotA slot of its A, joined with others of the group
     * @param rowA first row of its A in there
     * @param slotB slot of its B
     * @param slotMagnitude slot of its magnitude; -1 for none
     */
    record Piece(
            int layer,
            Projection projection,
            int rank,
            double scale,
            int slotA,
            int rowA,
            int slotB,
            int slotMagnitude) {
        Target target() {
            return new Target(layer, projection);
        }
    }

    private List<Projection> adapted(int layer, Group group) {
        return group.projections().stream()
                .filter(projection -> settings.rank(layer, projection) > 0)
                .toList();
    }

    private void addGroup(int layer, List<Projection> adapted) {
        int row = 0;
        int joined = slots.size();
        if (!settings.form().readsOutputs() && !adapted.isEmpty()) {
            int rows = adapted.stream().mapToInt(p -> settings.rank(layer, p)).sum();
            slots.add(FlatSlot.of(names(layer, adapted), rows, adapted.get(0).inputs(config), true));
        }
        for (Projection projection : adapted) {
            int rank = settings.rank(layer, projection);
            if (settings.form().readsOutputs()) {
                joined = slots.size();
                row = 0;
                slots.add(FlatSlot.of(names(layer, List.of(projection)), rank, projection.outputs(config), true));
            }
            addPiece(layer, projection, joined, row);
            row += rank;
        }
    }

    private void addPiece(int layer, Projection projection, int slotA, int rowA) {
        int rank = settings.rank(layer, projection);
        int outputs = projection.outputs(config);
        int slotB = slots.size();
        slots.add(FlatSlot.of(projection.path(layer) + ".lora_B.weight", outputs, rank, true));
        boolean scaled = settings.form() == AdapterForm.DORA;
        if (scaled) {
            slots.add(FlatSlot.of(projection.path(layer) + ".lora_magnitude_vector", outputs, 0, false));
        }
        pieces.add(new Piece(
                layer,
                projection,
                rank,
                settings.scale(layer, projection),
                slotA,
                rowA,
                slotB,
                scaled ? slotB + 1 : -1));
    }

    private static String names(int layer, List<Projection> projections) {
        return String.join(
                "+",
                projections.stream().map(p -> p.path(layer) + ".lora_A.weight").toList());
    }

    /** Slots without places, in the order of blocks and groups: each A, then its B and magnitudes. */
    @Override
    public List<FlatSlot> slots() {
        return slots;
    }

    /** Adapted projections in the order of blocks and projections. */
    List<Piece> pieces() {
        return pieces;
    }

    List<Piece> pieces(int layer) {
        return pieces.stream().filter(piece -> piece.layer() == layer).toList();
    }

    /** The adapter whose matrices lie in a flat buffer that holds nothing else. */
    LoraAdapter adapter(float[] flat) {
        return adapter(flat, FlatSlot.place(slots));
    }

    @Override
    public LoraAdapter adapter(float[] flat, List<FlatSlot> placed) {
        Map<Target, Update> updates = new HashMap<>();
        for (Piece piece : pieces) {
            Places places = new Places(piece, placed);
            updates.put(
                    piece.target(),
                    new Update(
                            settings.form(),
                            piece.rank(),
                            piece.scale(),
                            Arrays.copyOfRange(flat, places.a, places.a + places.sizeA),
                            Arrays.copyOfRange(flat, places.b, places.b + places.sizeB),
                            Arrays.copyOfRange(flat, places.magnitude, places.magnitude + places.sizeMagnitude)));
        }
        return new LoraAdapter(updates);
    }

    @Override
    public void copy(LoraAdapter adapter, float[] flat, List<FlatSlot> placed) {
        Map<Target, Update> left = new HashMap<>(adapter.updates());
        for (Piece piece : pieces) {
            Update update = left.remove(piece.target());
            if (update == null
                    || update.form() != settings.form()
                    || update.rank() != piece.rank()
                    || update.scale() != piece.scale()) {
                throw new IllegalArgumentException(
                        "the adapter has no " + settings.form().formName() + " update of "
                                + piece.projection().path(piece.layer()) + " with rank " + piece.rank() + " and scale "
                                + piece.scale());
            }
            Places places = new Places(piece, placed);
            System.arraycopy(update.a(), 0, flat, places.a, places.sizeA);
            System.arraycopy(update.b(), 0, flat, places.b, places.sizeB);
            System.arraycopy(update.magnitude(), 0, flat, places.magnitude, places.sizeMagnitude);
        }
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("the run does not train " + left.keySet());
        }
    }

    /**
     * Initial values as in PEFT: A uniform within {@code sqrt(1 / inputs)} (Kaiming with gain sqrt(1/3)), B zero. Bottlenecks as in
     * LLM-Adapters: both normal with deviation 0.02.
     */
    @Override
    public void initialize(float[] flat, List<FlatSlot> placed, Random random) {
        for (Piece piece : pieces) {
            Places places = new Places(piece, placed);
            if (settings.form().isBottleneck()) {
                fill(flat, places.a, places.sizeA, random);
                fill(flat, places.b, places.sizeB, random);
                continue;
            }
            double bound = 1 / Math.sqrt(placed.get(piece.slotA()).columns());
            for (int i = places.a; i < places.a + places.sizeA; i++) {
                flat[i] = (float) ((2 * random.nextDouble() - 1) * bound);
            }
        }
    }

    private static void fill(float[] flat, int first, int count, Random random) {
        for (int i = first; i < first + count; i++) {
            flat[i] = (float) (BOTTLENECK_DEVIATION * random.nextGaussian());
        }
    }

    /** First elements and sizes of a piece's parts in a flat buffer. */
    private static final class Places {
        final int a;
        final int sizeA;
        final int b;
        final int sizeB;
        final int magnitude;
        final int sizeMagnitude;

        Places(Piece piece, List<FlatSlot> placed) {
            FlatSlot slotA = placed.get(piece.slotA());
            FlatSlot slotB = placed.get(piece.slotB());
            a = Math.toIntExact(slotA.offset() + (long) piece.rowA() * slotA.columns());
            sizeA = piece.rank() * slotA.columns();
            b = Math.toIntExact(slotB.offset());
            sizeB = Math.toIntExact(slotB.elements());
            boolean scaled = piece.slotMagnitude() >= 0;
            magnitude =
                    scaled ? Math.toIntExact(placed.get(piece.slotMagnitude()).offset()) : 0;
            sizeMagnitude =
                    scaled ? Math.toIntExact(placed.get(piece.slotMagnitude()).elements()) : 0;
        }
    }
}
