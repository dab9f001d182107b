package dev.paddock.llama.weights;

import dev.paddock.llama.config.UnsupportedModelException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A mapped GGUF file (versions 2 and 3, little endian) by GGUF's own names; its header is checked whole when opened. */
public final class Gguf implements AutoCloseable {
    private static final int MAGIC = 0x46554747;
    private static final int LEAST_BYTES_OF_KEY = 13;
    private static final int LEAST_BYTES_OF_TENSOR = 24;

    private final MappedFile file;
    private final Map<String, Object> metadata;
    private final Map<String, StoredTensor> tensors;

    private Gguf(MappedFile file) {
        GgufCursor cursor = new GgufCursor(file);
        checkVersion(cursor);
        int tensorCount = cursor.count("count of tensors", LEAST_BYTES_OF_TENSOR, 1 << 20);
        int keyCount = cursor.count("count of keys", LEAST_BYTES_OF_KEY, 1 << 16);
        this.file = file;
        this.metadata = Collections.unmodifiableMap(new GgufValues(cursor).read(keyCount));
        this.tensors = GgufTensors.read(cursor, file, tensorCount, metadata);
    }

    /**
     * Opens a file.
     *
     * @throws dev.paddock.llama.config.MalformedModelFileException giving the value and the rule it breaks
     * @throws UnsupportedModelException naming a version or a kind of blocks that is not read
     */
    public static Gguf open(Path path) {
        MappedFile file = MappedFile.open(path);
        try {
            return new Gguf(file);
        } catch (RuntimeException failure) {
            file.close();
            throw failure;
        }
    }

    /** Integers as {@link Long}, other numbers as {@link Double}, {@link Boolean}, {@link String}, arrays as lists. */
    public Map<String, Object> metadata() {
        return metadata;
    }

    /** Names as the file has them, such as {@code blk.0.attn_q.weight}. */
    public Set<String> names() {
        return tensors.keySet();
    }

    /** What the file says of a tensor; an unknown name is an {@link IllegalArgumentException}. */
    public TensorInfo info(String name) {
        return tensor(name).info();
    }

    /** Reads a whole tensor in the file's own row order, dequantized to fp32. */
    public void read(String name, FloatBuffer destination) {
        tensor(name).readRows(0, info(name).rows(), destination);
    }

    @Override
    public void close() {
        file.close();
    }

    MappedFile file() {
        return file;
    }

    /** Places of the tensors, in the file's order. */
    Map<String, StoredTensor> tensors() {
        return new LinkedHashMap<>(tensors);
    }

    private StoredTensor tensor(String name) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor has the name " + name);
        }
        return tensor;
    }

    private static void checkVersion(GgufCursor cursor) {
        int magic = cursor.int32();
        if (magic != MAGIC) {
            throw cursor.malformed("begins with " + Integer.toHexString(magic) + "; it must begin with GGUF");
        }
        int version = cursor.int32();
        if (version != 2 && version != 3) {
            throw new UnsupportedModelException(
                    "GGUF version is " + version + "; supported are 2 and 3, little endian");
        }
    }
}
