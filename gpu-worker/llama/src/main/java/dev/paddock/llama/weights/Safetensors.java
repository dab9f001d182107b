package dev.paddock.llama.weights;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A mapped safetensors file; its header is checked whole before anything is read. */
public final class Safetensors implements AutoCloseable {
    private final MappedFile file;
    private final Map<String, String> metadata;
    private final Map<String, StoredTensor> tensors;

    private Safetensors(MappedFile file, SafetensorsHeader header) {
        this.file = file;
        this.metadata = header.metadata();
        this.tensors = new TreeMap<>();
        header.tensors()
                .forEach((name, entry) -> tensors.put(
                        name,
                        new StoredTensor(entry.info(), file, header.dataStart() + entry.begin(), RowOrder.AS_STORED)));
    }

    /**
     * Opens a file.
     *
     * @throws dev.paddock.llama.config.MalformedModelFileException giving the value and the rule it breaks
     * @throws dev.paddock.llama.config.UnsupportedModelException naming a type of numbers that is not read
     */
    public static Safetensors open(Path path) {
        MappedFile file = MappedFile.open(path);
        try {
            return new Safetensors(file, SafetensorsHeader.read(file));
        } catch (RuntimeException failure) {
            file.close();
            throw failure;
        }
    }

    /** Names in alphabetical order. */
    public Set<String> names() {
        return Collections.unmodifiableSet(tensors.keySet());
    }

    /** The header's {@code __metadata__}. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** What the header says of a tensor; an unknown name is an {@link IllegalArgumentException}. */
    public TensorInfo info(String name) {
        return tensor(name).info();
    }

    /** Reads a whole tensor as fp32 numbers. */
    public void read(String name, FloatBuffer destination) {
        tensor(name).readRows(0, info(name).rows(), destination);
    }

    /** A tensor's bytes in the mapped file: read-only, little endian. */
    public ByteBuffer raw(String name) {
        return tensor(name).raw();
    }

    @Override
    public void close() {
        file.close();
    }

    MappedFile file() {
        return file;
    }

    StoredTensor tensor(String name) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor has the name " + name);
        }
        return tensor;
    }
}
