package dev.paddock.llama.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a GGUF file that llama.cpp and {@link Gguf} read. Tensors are named and ordered as in Hugging Face folders and written by
 * GGUF's names and row order; a few rows are in memory at a time. The same input gives the same bytes.
 */
public final class GgufFileWriter {
    private static final int PART_NUMBERS = 1 << 20;

    private final Map<String, Object> metadata;
    private final int headSize;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** Gives a tensor's rows as stored bytes. */
    @FunctionalInterface
    public interface Rows {
        /** Bytes of rows {@code [first, first + count)} in Hugging Face order. */
        ByteBuffer encoded(long first, long count);
    }

    private record Entry(TensorInfo info, RowOrder order, Rows rows) {}

    /**
     * An empty file.
     *
     * @param metadata integers as {@link Long}, numbers as {@link Double}, {@link Boolean}, {@link String}, and lists of one of
     *     them
     * @param headSize rows of a query or key head, whose halves GGUF interleaves
     */
    public GgufFileWriter(Map<String, Object> metadata, int headSize) {
        this.metadata = new LinkedHashMap<>(metadata);
        this.headSize = headSize;
    }

    /** Adds a tensor of {@code source} as {@code type}; blocks that are of the type already keep their bytes. */
    public GgufFileWriter rows(String name, TensorType type, WeightSource source) {
        TensorInfo info = source.info(name);
        TensorInfo stored = new TensorInfo(type, info.shape());
        if (type == info.type() && type.quantized()) {
            ByteBuffer raw = source.raw(name);
            int rowBytes = Math.toIntExact(type.bytes(info.columns()));
            return tensor(
                    name,
                    stored,
                    (first, count) -> raw.slice(Math.toIntExact(first * rowBytes), Math.toIntExact(count * rowBytes)));
        }
        return tensor(name, stored, (first, count) -> {
            float[] numbers = new float[Math.toIntExact(count * info.columns())];
            source.readRows(name, first, count, FloatBuffer.wrap(numbers));
            return BlockEncoder.encode(type, numbers);
        });
    }

    /** Adds a tensor under the name that a Hugging Face folder has for it. */
    public GgufFileWriter tensor(String name, TensorInfo info, Rows rows) {
        String own = GgufNames.gguf(name);
        return add(own, info, GgufNames.order(own, headSize), rows);
    }

    /** Adds an fp32 vector under the name that a Hugging Face folder has for it. */
    public GgufFileWriter vector(String name, float[] numbers) {
        return floatsLike(name, GgufNames.gguf(name), List.of((long) numbers.length), numbers);
    }

    /** Adds an fp32 tensor under GGUF's own name, its rows as they are to stand. */
    public GgufFileWriter floats(String gguf, List<Long> shape, float[] numbers) {
        return floats(gguf, RowOrder.AS_STORED, shape, numbers);
    }

    /** Adds an fp32 tensor under GGUF's own name, its rows given in the order of the matrix {@code like} in Hugging Face folders. */
    public GgufFileWriter floatsLike(String like, String gguf, List<Long> shape, float[] numbers) {
        return floats(gguf, GgufNames.order(GgufNames.gguf(like), headSize), shape, numbers);
    }

    private GgufFileWriter floats(String gguf, RowOrder order, List<Long> shape, float[] numbers) {
        TensorInfo info = new TensorInfo(TensorType.F32, shape);
        int columns = (int) info.columns();
        return add(
                gguf,
                info,
                order,
                (first, count) -> BlockEncoder.encode(
                        TensorType.F32,
                        Arrays.copyOfRange(numbers, (int) first * columns, (int) (first + count) * columns)));
    }

    private GgufFileWriter add(String gguf, TensorInfo info, RowOrder order, Rows rows) {
        if (info.columns() % info.type().blockElements() != 0 || GgufTensors.number(info.type()) < 0) {
            throw new IllegalArgumentException("tensor " + gguf + " of " + info.columns() + " columns cannot be "
                    + info.type() + ", whose blocks have " + info.type().blockElements());
        }
        if (entries.putIfAbsent(gguf, new Entry(info, order, rows)) != null) {
            throw new IllegalArgumentException("name " + gguf + " is taken; every tensor needs one of its own");
        }
        return this;
    }

    /** Writes beside {@code file} first and then moves, so that a half-written file is never found under its name. */
    public void write(Path file) {
        DraftFile.write(file, this::write);
    }

    /** Writes the file's bytes to a channel, which stays open. */
    public void write(WritableByteChannel channel) throws IOException {
        Map<String, TensorInfo> infos = new LinkedHashMap<>();
        entries.forEach((name, entry) -> infos.put(name, entry.info));
        DraftFile.writeFully(channel, ByteBuffer.wrap(GgufHeader.of(metadata, infos)));
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            write(entry.getKey(), entry.getValue(), channel);
        }
    }

    private static void write(String name, Entry entry, WritableByteChannel channel) throws IOException {
        TensorInfo info = entry.info;
        long unit = Math.max(1, entry.order.headSize());
        long step = Math.max(1, PART_NUMBERS / Math.max(1, info.columns()) / unit) * unit;
        for (long first = 0; first < info.rows(); first += step) {
            long count = Math.min(step, info.rows() - first);
            ByteBuffer part = entry.rows.encoded(first, count).duplicate();
            if (part.remaining() != info.type().bytes(count * info.columns())) {
                throw new IllegalArgumentException(
                        "tensor " + name + " gave " + part.remaining() + " bytes for " + count + " rows of " + info);
            }
            DraftFile.writeFully(channel, ordered(entry.order, part, (int) count));
        }
        DraftFile.writeFully(channel, ByteBuffer.allocate((int) (GgufHeader.aligned(info.bytes()) - info.bytes())));
    }

    /** Whole heads in the file's order. */
    private static ByteBuffer ordered(RowOrder order, ByteBuffer rows, int count) {
        if (order.asStored()) {
            return rows;
        }
        int rowBytes = rows.remaining() / count;
        ByteBuffer copy = ByteBuffer.allocate(rows.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        for (int stored = 0; stored < count; stored++) {
            int row = (int) order.row(stored);
            copy.put(rows.slice(rows.position() + row * rowBytes, rowBytes));
        }
        return copy.flip();
    }
}
