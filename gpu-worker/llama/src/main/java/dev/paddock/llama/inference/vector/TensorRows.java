package dev.paddock.llama.inference.vector;

import dev.paddock.llama.weights.WeightSource;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a tensor, one after the other, read some at a time. */
final class TensorRows {
    private static final int CHUNK = 1 << 20;

    private final WeightSource source;
    private final String name;
    private final int columns;
    private @Nullable FloatBuffer chunk;
    private int chunkFirst;
    private @Nullable ByteBuffer stored;

    private TensorRows(WeightSource source, String name) {
        this.source = source;
        this.name = name;
        this.columns = Math.toIntExact(source.info(name).columns());
    }

    static List<TensorRows> of(WeightSource source, List<String> names) {
        List<TensorRows> tensors = new ArrayList<>();
        names.forEach(name -> tensors.add(new TensorRows(source, name)));
        return tensors;
    }

    int rows() {
        return Math.toIntExact(source.info(name).rows());
    }

    int columns() {
        return columns;
    }

    void floats(int row, float[] into) {
        FloatBuffer current = chunk;
        if (current == null || row < chunkFirst || row >= chunkFirst + current.limit() / columns) {
            current = readChunk(row);
        }
        current.get((row - chunkFirst) * columns, into);
    }

    private FloatBuffer readChunk(int row) {
        int count = Math.min(Math.max(1, CHUNK / columns), rows() - row);
        FloatBuffer read = FloatBuffer.allocate(count * columns);
        source.readRows(name, row, count, read);
        chunk = read.flip();
        chunkFirst = row;
        return read;
    }

    void blocks(int row, byte[] into) {
        ByteBuffer bytes = stored;
        if (bytes == null) {
            bytes = source.raw(name);
            stored = bytes;
        }
        bytes.get(Math.multiplyExact(row, into.length), into);
    }
}
