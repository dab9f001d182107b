package dev.paddock.llama.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Bytes of a GGUF file's head (version 3, little endian). Integers become unsigned 32-bit numbers where they fit and lists of them
 * signed ones, numbers fp32: the kinds that llama.cpp asks for.
 */
final class GgufHeader {
    static final int ALIGNMENT = 32;

    private static final int UINT32 = 4;
    private static final int INT32 = 5;
    private static final int FLOAT32 = 6;
    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;
    private static final int INT64 = 11;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** The head up to its padding, after which the first tensor's bytes follow. */
    static byte[] of(Map<String, Object> metadata, Map<String, TensorInfo> tensors) {
        GgufHeader header = new GgufHeader();
        header.bytes.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        header.number(4, 3);
        header.number(8, tensors.size());
        header.number(8, metadata.size());
        metadata.forEach(header::value);
        header.tensors(tensors);
        header.pad();
        return header.bytes.toByteArray();
    }

    /** The least multiple of the alignment from {@code length} on. */
    static long aligned(long length) {
        return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private void tensors(Map<String, TensorInfo> tensors) {
        long offset = 0;
        for (Map.Entry<String, TensorInfo> tensor : tensors.entrySet()) {
            TensorInfo info = tensor.getValue();
            text(tensor.getKey());
            number(4, info.shape().size());
            for (int i = info.shape().size() - 1; i >= 0; i--) {
                number(8, info.shape().get(i));
            }
            number(4, GgufTensors.number(info.type()));
            number(8, offset);
            offset += aligned(info.bytes());
        }
    }

    private void value(String key, Object value) {
        text(key);
        if (value instanceof List<?> values) {
            number(4, ARRAY);
            int type = values.isEmpty() || values.get(0) instanceof Long ? INT32 : type(values.get(0));
            number(4, type);
            number(8, values.size());
            values.forEach(element -> content(type, element));
        } else {
            int type = type(value);
            number(4, type);
            content(type, value);
        }
    }

    private static int type(Object value) {
        if (value instanceof Boolean) {
            return BOOL;
        } else if (value instanceof Double) {
            return FLOAT32;
        } else if (value instanceof Long number) {
            return number >= 0 && number <= 0xFFFFFFFFL ? UINT32 : INT64;
        }
        return STRING;
    }

    private void content(int type, Object value) {
        switch (type) {
            case BOOL -> number(1, value.equals(true) ? 1 : 0);
            case FLOAT32 -> number(4, Float.floatToRawIntBits(((Number) value).floatValue()));
            case UINT32, INT32 -> number(4, ((Number) value).longValue());
            case INT64 -> number(8, ((Number) value).longValue());
            default -> text(value.toString());
        }
    }

    private void text(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        number(8, content.length);
        bytes.writeBytes(content);
    }

    private void number(int width, long value) {
        byte[] wide = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        bytes.write(wide, 0, width);
    }

    private void pad() {
        bytes.writeBytes(new byte[(int) (aligned(bytes.size()) - bytes.size())]);
    }
}
