package dev.paddock.llama.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a safetensors file, one tensor (or a few of its rows) in memory at a time. The same content gives the same bytes, and those of the reference
 * implementation: wide types first, then by name.
 */
public final class SafetensorsWriter {
    private static final List<TensorType> FLOATS = List.of(TensorType.F32, TensorType.F16, TensorType.BF16);
    /** The reference implementation's order of types. */
    private static final List<TensorType> ORDER = List.of(
            TensorType.F64,
            TensorType.I64,
            TensorType.F32,
            TensorType.I32,
            TensorType.BF16,
            TensorType.F16,
            TensorType.I16,
            TensorType.I8,
            TensorType.U8,
            TensorType.BOOL);

    /** Numbers of a part, 16 MiB as fp32. */
    private static final long PART_NUMBERS = 1 << 22;

    private final Map<String, String> metadata;
    private final List<Entry> entries = new ArrayList<>();

    /** A tensor's bytes, part by part, each asked for when the one before is written. */
    private record Entry(String name, TensorInfo info, Supplier<Stream<ByteBuffer>> parts) {}

    /** Starts a file with {@code metadata}: texts for the header's {@code __metadata__}, such as {@code format: pt}. */
    public SafetensorsWriter(Map<String, String> metadata) {
        this.metadata = new TreeMap<>(metadata);
    }

    /**
     * Adds a tensor of floating-point numbers.
     *
     * @param type F32, F16 or BF16 (rounded to nearest even)
     * @param fill called while writing; puts all numbers into the buffer, as {@code buffer -> source.read(name, buffer)} does
     */
    public SafetensorsWriter floats(String name, TensorType type, List<Long> shape, Consumer<FloatBuffer> fill) {
        if (!FLOATS.contains(type)) {
            throw new IllegalArgumentException("type of " + name + " is " + type + "; it must be one of " + FLOATS);
        }
        TensorInfo info = new TensorInfo(type, shape);
        return add(name, info, () -> Stream.of(FloatEncoding.encode(type, Math.toIntExact(info.elements()), fill)));
    }

    /** Adds a tensor of any unquantized type by its bytes, little endian; {@code bytes} is asked while writing. */
    public SafetensorsWriter bytes(String name, TensorType type, List<Long> shape, Supplier<ByteBuffer> bytes) {
        if (type.quantized()) {
            throw new IllegalArgumentException("type of " + name + " is " + type + "; it must be one of " + ORDER);
        }
        return add(name, new TensorInfo(type, shape), () -> Stream.of(bytes.get()));
    }

    /** Adds a tensor of {@code source} as {@code type} (F32, F16 or BF16), a few rows in memory at a time. */
    public SafetensorsWriter rows(String name, TensorType type, WeightSource source) {
        TensorInfo info = new TensorInfo(type, source.info(name).shape());
        long step = Math.max(1, PART_NUMBERS / Math.max(1, info.columns()));
        return add(name, info, () -> LongStream.iterate(0, first -> first < info.rows(), first -> first + step)
                .mapToObj(first -> {
                    long rows = Math.min(step, info.rows() - first);
                    return FloatEncoding.encode(
                            type,
                            Math.toIntExact(rows * info.columns()),
                            numbers -> source.readRows(name, first, rows, numbers));
                }));
    }

    private SafetensorsWriter add(String name, TensorInfo info, Supplier<Stream<ByteBuffer>> parts) {
        if (name.equals("__metadata__") || entries.stream().anyMatch(entry -> entry.name.equals(name))) {
            throw new IllegalArgumentException("name " + name + " is taken; every tensor needs one of its own");
        }
        entries.add(new Entry(name, info, parts));
        return this;
    }

    /** Writes beside {@code file} first and then moves, so that a half-written file is never found under its name. */
    public void write(Path file) {
        DraftFile.write(file, this::write);
    }

    /** Writes the file's bytes to a channel, which stays open. */
    public void write(WritableByteChannel channel) throws IOException {
        entries.sort(Comparator.comparingInt((Entry entry) -> ORDER.indexOf(entry.info.type()))
                .thenComparing(Entry::name));
        DraftFile.writeFully(channel, header());
        for (Entry entry : entries) {
            write(entry, channel);
        }
    }

    private static void write(Entry entry, WritableByteChannel channel) throws IOException {
        long written = 0;
        for (Iterator<ByteBuffer> parts = entry.parts.get().iterator(); parts.hasNext(); ) {
            ByteBuffer part = parts.next().duplicate();
            written += part.remaining();
            DraftFile.writeFully(channel, part);
        }
        if (written != entry.info.bytes()) {
            throw new IllegalArgumentException("tensor " + entry.name + " gave " + written + " bytes; " + entry.info
                    + " takes " + entry.info.bytes());
        }
    }

    private ByteBuffer header() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        if (!metadata.isEmpty()) {
            ObjectNode texts = root.putObject("__metadata__");
            metadata.forEach(texts::put);
        }
        long offset = 0;
        for (Entry entry : entries) {
            ObjectNode node = root.putObject(entry.name);
            node.put("dtype", entry.info.type().name());
            entry.info.shape().forEach(node.putArray("shape")::add);
            node.putArray("data_offsets").add(offset).add(offset + entry.info.bytes());
            offset += entry.info.bytes();
        }
        byte[] json = JsonMapper.shared().writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + 7) / 8 * 8;
        ByteBuffer header = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(padded).put(json);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.flip();
    }
}
