package dev.paddock.llama.weights;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Writes a safetensors file, one tensor in memory at a time; the same content gives the same bytes. */
public final class SafetensorsWriter {
    /** Starts a file with {@code metadata}: texts for the header's {@code __metadata__}, such as {@code format: pt} */
    public SafetensorsWriter(Map<String, String> metadata) {}

    /**
     * Adds a tensor of floating-point numbers.
     *
     * @param type F32, F16 or BF16 (rounded to nearest even)
     * @param fill called while writing; puts all numbers into the buffer, as {@code buffer -> source.read(name, buffer)} does
     */
    public SafetensorsWriter floats(String name, TensorType type, List<Long> shape, Consumer<FloatBuffer> fill) {
        return this;
    }

    /** Adds a tensor of any unquantized type by its bytes, little endian; {@code bytes} is asked while writing. */
    public SafetensorsWriter bytes(String name, TensorType type, List<Long> shape, Supplier<ByteBuffer> bytes) {
        return this;
    }

    /** Writes beside {@code file} first and then moves, so that a half-written file is never found under its name. */
    public void write(Path file) {}
}
