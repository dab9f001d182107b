package dev.paddock.llama.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** A tensor at its place in a file, with the order in which the file holds its rows. */
record StoredTensor(TensorInfo info, MappedFile file, long offset, RowOrder order) implements ReadableTensor {
    private static final int CHUNK_BYTES = 1 << 26;

    @Override
    public void readRows(long firstRow, long rows, FloatBuffer destination) {
        requireRows(firstRow, rows, destination);
        if (order.asStored()) {
            readStored(firstRow * rowBytes(), rows * rowBytes(), destination);
        } else {
            readReordered(firstRow, rows, destination);
        }
    }

    @Override
    public ByteBuffer raw() {
        if (info.bytes() > Integer.MAX_VALUE) {
            throw new UnsupportedOperationException("a tensor of " + info.bytes() + " bytes has no single buffer");
        }
        ByteBuffer stored = file.part(offset, (int) info.bytes());
        return order.asStored() ? stored : reordered(stored);
    }

    @Override
    public long storedBytes() {
        return info.bytes();
    }

    /** Some of its bytes; only where rows stand as they are. */
    ByteBuffer part(long start, int bytes) {
        return file.part(offset + start, bytes);
    }

    private long rowBytes() {
        return info.type().bytes(info.columns());
    }

    private void readStored(long start, long bytes, FloatBuffer destination) {
        int block = info.type().blockBytes();
        int chunk = CHUNK_BYTES / block * block;
        for (long done = 0; done < bytes; done += chunk) {
            ByteBuffer part = file.part(offset + start + done, (int) Math.min(chunk, bytes - done));
            Dequantization.read(info.type(), part, destination);
        }
    }

    private void readReordered(long firstRow, long rows, FloatBuffer destination) {
        ByteBuffer stored = file.part(offset, Math.toIntExact(info.bytes()));
        int rowBytes = (int) rowBytes();
        for (long row = firstRow; row < firstRow + rows; row++) {
            int at = (int) (order.storedRow(row) * rowBytes);
            Dequantization.read(info.type(), stored.slice(at, rowBytes).order(ByteOrder.LITTLE_ENDIAN), destination);
        }
    }

    private ByteBuffer reordered(ByteBuffer stored) {
        int rowBytes = (int) rowBytes();
        ByteBuffer copy = ByteBuffer.allocateDirect(stored.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        for (long row = 0; row < info.rows(); row++) {
            copy.put(stored.slice((int) (order.storedRow(row) * rowBytes), rowBytes));
        }
        return copy.flip().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
}
