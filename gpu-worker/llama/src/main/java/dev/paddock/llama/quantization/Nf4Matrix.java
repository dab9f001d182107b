package dev.paddock.llama.quantization;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.torch.TensorMemory;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.weights.TensorInfo;
import dev.paddock.llama.weights.WeightSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A matrix {@code [rows, columns]} in NF4 with double quantization, outside the Java heap: 4.13 bits a weight, 0.26 of bfloat16.
 * Its bits are those of bitsandbytes' {@code quantize_4bit(compress_statistics=True, quant_type="nf4")} on a processor. Not
 * changed once made, and safe for use by several threads until its scope is closed.
 */
public final class Nf4Matrix {
    private static final int PIECE_BYTES = 1 << 22;

    private final long rows;
    private final long columns;
    private final Nf4Layout layout;
    private final TensorMemory memory;

    private Nf4Matrix(TensorScope scope, long rows, long columns) {
        this.rows = rows;
        this.columns = columns;
        layout = new Nf4Layout(Math.multiplyExact(rows, columns));
        memory = TensorMemory.allocate(scope, layout.bytes());
    }

    /** Gives some rows in fp32, one after another. */
    interface Rows {
        void read(long firstRow, long rows, FloatBuffer destination);
    }

    /**
     * Quantizes a model's tensor, read in pieces of 4 MB.
     *
     * @param scope owner of the matrix's memory
     * @throws IllegalArgumentException when the tensor is no matrix, or holds a number that is not finite
     */
    public static Nf4Matrix quantize(TensorScope scope, WeightSource source, String name) {
        TensorInfo info = source.info(name);
        if (info.shape().size() != 2) {
            throw new IllegalArgumentException(
                    "tensor " + name + " has shape " + info.shape() + "; NF4 takes matrices only");
        }
        try {
            return quantize(
                    scope,
                    info.rows(),
                    info.columns(),
                    (first, count, into) -> source.readRows(name, first, count, into));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("tensor " + name + ": " + e.getMessage(), e);
        }
    }

    static Nf4Matrix quantize(TensorScope scope, long rows, long columns, Rows source) {
        Nf4Matrix matrix = new Nf4Matrix(scope, rows, columns);
        Nf4Quantizer quantizer = new Nf4Quantizer(matrix.layout, matrix.memory.bytes());
        long most = Math.min(rows, Math.max(1, PIECE_BYTES / Float.BYTES / columns));
        FloatBuffer piece = ByteBuffer.allocateDirect(Math.toIntExact(most * columns * Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (long first = 0; first < rows; first += most) {
            piece.clear();
            source.read(first, Math.min(most, rows - first), piece);
            quantizer.add(piece.flip());
        }
        quantizer.finish();
        return matrix;
    }

    public long rows() {
        return rows;
    }

    public long columns() {
        return columns;
    }

    /** Bytes that the matrix takes, all of it counted. */
    public long bytes() {
        return layout.bytes();
    }

    /**
     * Writes the matrix's numbers over rows of a tensor: code · scale, rounded to fp32 and, for a bfloat16 tensor, once more to
     * nearest even.
     *
     * @param into {@code [at least firstRow + rows, columns]}, bfloat16 or fp32, contiguous
     * @param firstRow row of {@code into} that takes the first one
     */
    public void dequantizeInto(NDArray into, long firstRow, Nf4Dequantizer dequantizer) {
        dequantizeInto(TensorMemory.of(into), firstRow, dequantizer);
    }

    /** As above, for a tensor that is written again and again: its memory is looked at once. */
    public void dequantizeInto(TensorMemory into, long firstRow, Nf4Dequantizer dequantizer) {
        long from = Math.multiplyExact(firstRow, columns);
        if (firstRow < 0 || into.elements() - from < layout.elements()) {
            throw new IllegalArgumentException(
                    "a matrix of %d rows and %d columns does not fit a tensor of %d numbers from row %d on"
                            .formatted(rows, columns, into.elements(), firstRow));
        }
        dequantizer.run(layout, memory.bytes(), into, from);
    }

    /** The places in the code book, two in a byte. */
    ByteBuffer packed() {
        return stored().slice(0, layout.codesAt());
    }

    /** The scales' codes, one for each block. */
    ByteBuffer codes() {
        return stored().slice(layout.codesAt(), layout.blocks());
    }

    /** The largest scale, less the mean, of every 256. */
    float[] nested() {
        float[] nested = new float[DynamicBlocks.count(layout.blocks())];
        for (int i = 0; i < nested.length; i++) {
            nested[i] = stored().getFloat(layout.nestedAt() + i * Float.BYTES);
        }
        return nested;
    }

    /** The scales' mean. */
    float offset() {
        return stored().getFloat(layout.offsetAt());
    }

    /** The memory as {@link Nf4Layout} describes it, for as long as the scope is open. */
    ByteBuffer stored() {
        return memory.bytes().asReadOnlyBuffer().order(ByteOrder.nativeOrder());
    }

    Nf4Layout layout() {
        return layout;
    }
}
