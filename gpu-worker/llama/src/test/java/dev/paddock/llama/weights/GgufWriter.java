package dev.paddock.llama.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes small GGUF files for tests, right or wrong. */
public final class GgufWriter {
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final ByteArrayOutputStream tensors = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private long keys;
    private long count;

    public GgufWriter text(String key, String value) {
        key(key, 8);
        string(head, value);
        return this;
    }

    public GgufWriter integer(String key, int value) {
        key(key, 4);
        head.writeBytes(number(4, value));
        return this;
    }

    public GgufWriter texts(String key, List<String> values) {
        array(key, 8, values.size());
        values.forEach(value -> string(head, value));
        return this;
    }

    public GgufWriter integers(String key, List<Integer> values) {
        array(key, 5, values.size());
        values.forEach(value -> head.writeBytes(number(4, value)));
        return this;
    }

    public GgufWriter numbers(String key, List<Float> values) {
        array(key, 6, values.size());
        values.forEach(value -> head.writeBytes(number(4, Float.floatToIntBits(value))));
        return this;
    }

    private void array(String key, int type, int size) {
        key(key, 9);
        head.writeBytes(number(4, type));
        head.writeBytes(number(8, size));
    }

    /** A number. */
    public GgufWriter number(String key, float value) {
        key(key, 6);
        head.writeBytes(number(4, Float.floatToIntBits(value)));
        return this;
    }

    /** A tensor of fp32 numbers 0, 1, 2, …; {@code sizes} are innermost first, as GGUF has them. */
    GgufWriter tensor(String name, long... sizes) {
        long elements = 1;
        for (long size : sizes) {
            elements *= size;
        }
        rawTensor(name, 0, data.size(), sizes);
        for (int i = 0; i < elements; i++) {
            data.writeBytes(number(4, Float.floatToIntBits(i)));
        }
        while (data.size() % 32 != 0) {
            data.write(0);
        }
        return this;
    }

    /** A tensor of GGUF's type {@code type} with its bytes; {@code sizes} are innermost first. */
    public GgufWriter tensor(String name, int type, byte[] bytes, long... sizes) {
        rawTensor(name, type, data.size(), sizes);
        data.writeBytes(bytes);
        while (data.size() % 32 != 0) {
            data.write(0);
        }
        return this;
    }

    /** A tensor as told, without data. */
    GgufWriter rawTensor(String name, int type, long offset, long... sizes) {
        count++;
        string(tensors, name);
        tensors.writeBytes(number(4, sizes.length));
        for (long size : sizes) {
            tensors.writeBytes(number(8, size));
        }
        tensors.writeBytes(number(4, type));
        tensors.writeBytes(number(8, offset));
        return this;
    }

    public byte[] bytes() {
        return bytes(count, keys);
    }

    byte[] bytes(long statedTensors, long statedKeys) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("GGUF".getBytes(StandardCharsets.UTF_8));
        file.writeBytes(number(4, 3));
        file.writeBytes(number(8, statedTensors));
        file.writeBytes(number(8, statedKeys));
        file.writeBytes(head.toByteArray());
        file.writeBytes(tensors.toByteArray());
        while (file.size() % 32 != 0) {
            file.write(0);
        }
        file.writeBytes(data.toByteArray());
        return file.toByteArray();
    }

    /** A whole model of one layer, 2 heads of 4 over 8 columns, with 12 tokens. */
    public static GgufWriter tinyModel() {
        GgufWriter writer = new GgufWriter()
                .text("general.architecture", "llama")
                .integer("llama.vocab_size", 12)
                .integer("llama.embedding_length", 8)
                .integer("llama.feed_forward_length", 6)
                .integer("llama.block_count", 1)
                .integer("llama.attention.head_count", 2)
                .integer("llama.attention.head_count_kv", 1)
                .integer("llama.context_length", 16)
                .number("llama.attention.layer_norm_rms_epsilon", 1e-5f);
        return writer.tensor("token_embd.weight", 8, 12)
                .tensor("blk.0.attn_norm.weight", 8)
                .tensor("blk.0.attn_q.weight", 8, 8)
                .tensor("blk.0.attn_k.weight", 8, 4)
                .tensor("blk.0.attn_v.weight", 8, 4)
                .tensor("blk.0.attn_output.weight", 8, 8)
                .tensor("blk.0.ffn_norm.weight", 8)
                .tensor("blk.0.ffn_gate.weight", 8, 6)
                .tensor("blk.0.ffn_up.weight", 8, 6)
                .tensor("blk.0.ffn_down.weight", 6, 8)
                .tensor("output_norm.weight", 8);
    }

    private void key(String key, int type) {
        keys++;
        string(head, key);
        head.writeBytes(number(4, type));
    }

    private static void string(ByteArrayOutputStream to, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.writeBytes(number(8, bytes.length));
        to.writeBytes(bytes);
    }

    private static byte[] number(int width, long value) {
        byte[] bytes = new byte[width];
        ByteBuffer wide = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
        wide.flip().get(bytes);
        return bytes;
    }
}
