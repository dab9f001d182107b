package dev.paddock.llama.inference.vector;

import dev.paddock.kernels.Rows;
import dev.paddock.kernels.TallMatrix;
import dev.paddock.kernels.WideMatrix;
import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.JoinedUpdate;
import dev.paddock.llama.adapter.JoinedUpdate.Block;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.inference.vector.AdapterMemory.Share;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An adapter's thin matrices in fp32, joined as the model's products are. */
final class AdapterMatrices {
    /**
     * An update of one product.
     *
     * @param form how it acts
     * @param rank r
     * @param a {@code [r, in]}; {@code [r, out]} for a series adapter; with the gates below it for a routed one
     * @param b what each projection's outputs take from some of r, scale included
     * @param scale DoRA's factor of every output, {@code [out]}, or empty
     * @param shift what is added then, {@code [out]}, or empty
     * @param route which gates below a weigh its rows, as {@link JoinedUpdate} has it, or empty
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Thin(AdapterForm form, int rank, WideMatrix a, List<Part> b, float[] scale, float[] shift, long[] route) {
        Thin {
            b = List.copyOf(b);
        }

        long bytes() {
            return a.bytes()
                    + b.stream().mapToLong(part -> part.matrix().bytes()).sum()
                    + (long) Float.BYTES * (scale.length + shift.length);
        }
    }

    /**
     * One projection's B.
     *
     * @param matrix {@code [outputs, ranks]}
     * @param firstRank where what it reads begins in r
     * @param firstOutput where its outputs begin in those of the product
     */
    record Part(TallMatrix matrix, int firstRank, int firstOutput) {}

    private final List<Map<Group, Thin>> layers = new ArrayList<>();
    private final Share memory;
    private int routed;
    private long bytes;

    /** One without layers, whose numbers will be in this memory. */
    AdapterMatrices(Share memory) {
        this.memory = memory;
    }

    /**
     * Copies the next layer's updates.
     *
     * @param weights the layer that they belong to
     */
    void add(Map<Group, JoinedUpdate> updates, DecoderLayer weights) {
        Map<Group, Thin> thin = new EnumMap<>(Group.class);
        updates.forEach((product, update) -> {
            if (update.rank() > 0) {
                Thin added = thin(update, weights.of(product).bias());
                thin.put(product, added);
                routed = Math.max(routed, update.routed());
                bytes += added.bytes();
            }
        });
        layers.add(thin);
    }

    private Thin thin(JoinedUpdate update, float[] bias) {
        Rows a = memory.take(update.rows(), update.inputs());
        System.arraycopy(update.a(), 0, a.values(), a.first(), update.a().length);
        return new Thin(
                update.form(),
                update.rank(),
                new WideMatrix(update.rows(), a),
                update.blocks().stream().map(this::part).toList(),
                update.outputScale(),
                update.shift(bias),
                update.route());
    }

    private Part part(Block block) {
        Rows b = memory.take(TallMatrix.height(block.outputs()), block.rank());
        TallMatrix matrix = new TallMatrix(block.outputs(), b, (row, into) -> block.row(row, into, 0));
        return new Part(matrix, block.firstRank(), block.firstOutput());
    }

    /** Gives the numbers' memory to the next adapter. */
    void free() {
        layers.clear();
        memory.free();
    }

    /** Adapters that gates choose among; 0 where there is no gate. */
    int routed() {
        return routed;
    }

    /** The update of a product; null where the adapter leaves it as it is. */
    @Nullable Thin of(int layer, Group product) {
        return layers.get(layer).get(product);
    }

    /** Bytes that its numbers take; for any thread, as long as no layer is added. */
    long bytes() {
        return bytes;
    }
}
