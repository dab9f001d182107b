package dev.paddock.llama.weights;

import dev.paddock.llama.config.UnsupportedModelException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The list of tensors in a GGUF header. */
final class GgufTensors {
    private static final int MOST_DIMENSIONS = 4;
    private static final Map<Integer, TensorType> TYPES = Map.ofEntries(
            Map.entry(0, TensorType.F32),
            Map.entry(1, TensorType.F16),
            Map.entry(2, TensorType.Q4_0),
            Map.entry(3, TensorType.Q4_1),
            Map.entry(6, TensorType.Q5_0),
            Map.entry(7, TensorType.Q5_1),
            Map.entry(8, TensorType.Q8_0),
            Map.entry(12, TensorType.Q4_K),
            Map.entry(14, TensorType.Q6_K),
            Map.entry(24, TensorType.I8),
            Map.entry(25, TensorType.I16),
            Map.entry(26, TensorType.I32),
            Map.entry(27, TensorType.I64),
            Map.entry(28, TensorType.F64),
            Map.entry(30, TensorType.BF16));
    private static final Map<Integer, String> OTHERS = Map.ofEntries(
            Map.entry(9, "Q8_1"),
            Map.entry(10, "Q2_K"),
            Map.entry(11, "Q3_K"),
            Map.entry(13, "Q5_K"),
            Map.entry(15, "Q8_K"),
            Map.entry(16, "IQ2_XXS"),
            Map.entry(17, "IQ2_XS"),
            Map.entry(18, "IQ3_XXS"),
            Map.entry(19, "IQ1_S"),
            Map.entry(20, "IQ4_NL"),
            Map.entry(21, "IQ3_S"),
            Map.entry(22, "IQ2_S"),
            Map.entry(23, "IQ4_XS"),
            Map.entry(29, "IQ1_M"),
            Map.entry(34, "TQ1_0"),
            Map.entry(35, "TQ2_0"),
            Map.entry(39, "MXFP4"));

    private GgufTensors() {}

    /** GGUF's number of a type; -1 for one that it does not have. */
    static int number(TensorType type) {
        return TYPES.entrySet().stream()
                .filter(entry -> entry.getValue() == type)
                .mapToInt(Map.Entry::getKey)
                .findFirst()
                .orElse(-1);
    }

    /** Tensors by name in the file's order; places are counted from the end of the header, rounded up to the alignment. */
    static Map<String, StoredTensor> read(GgufCursor cursor, MappedFile file, int count, Map<String, Object> metadata) {
        Map<String, TensorInfo> infos = new LinkedHashMap<>();
        Map<String, Long> offsets = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String name = cursor.text("a tensor's name");
            if (infos.put(name, info(cursor, name)) != null) {
                throw cursor.malformed("tensor " + name + " stands twice");
            }
            offsets.put(name, cursor.unsigned64("offset of " + name));
        }
        long alignment = alignment(cursor, metadata);
        long dataStart = (cursor.position() + alignment - 1) / alignment * alignment;
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        infos.forEach((name, info) -> {
            long offset = offsets.getOrDefault(name, 0L);
            checkPlace(cursor, name, info, offset, alignment, file.size() - dataStart);
            tensors.put(name, new StoredTensor(info, file, dataStart + offset, RowOrder.AS_STORED));
        });
        checkOverlaps(cursor, tensors);
        return Collections.unmodifiableMap(tensors);
    }

    private static TensorInfo info(GgufCursor cursor, String name) {
        int dimensions = cursor.int32();
        if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
            throw cursor.malformed("tensor " + name + " has " + dimensions + " dimensions; it must have 1 to 4");
        }
        List<Long> shape = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            shape.add(0, cursor.unsigned64("size of " + name));
        }
        TensorInfo info = new TensorInfo(type(cursor, name, cursor.int32()), shape);
        checkShape(cursor, name, info);
        return info;
    }

    private static void checkShape(GgufCursor cursor, String name, TensorInfo info) {
        long columns = info.shape().get(info.shape().size() - 1);
        if (columns % info.type().blockElements() != 0) {
            throw cursor.malformed("tensor " + name + " has " + columns + " columns; " + info.type()
                    + " asks for a multiple of " + info.type().blockElements());
        }
        try {
            if (info.bytes() < 1) {
                throw cursor.malformed("tensor " + name + " has shape " + info.shape() + "; sizes must be positive");
            }
        } catch (ArithmeticException overflow) {
            throw cursor.malformed("tensor " + name + " has shape " + info.shape() + "; its size must fit 63 bits");
        }
    }

    private static TensorType type(GgufCursor cursor, String name, int number) {
        TensorType type = TYPES.get(number);
        if (type != null) {
            return type;
        }
        String other = OTHERS.get(number);
        if (other != null) {
            throw new UnsupportedModelException("tensor " + name + " is stored as " + other
                    + "; supported are F32, F16, BF16, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q4_K and Q6_K");
        }
        throw cursor.malformed("tensor " + name + " has type " + number + ", which GGUF does not know");
    }

    private static long alignment(GgufCursor cursor, Map<String, Object> metadata) {
        Object value = metadata.getOrDefault("general.alignment", 32L);
        if (!(value instanceof Long alignment)
                || alignment < 1
                || alignment > 1 << 20
                || Long.bitCount(alignment) != 1) {
            throw cursor.malformed("general.alignment is " + value + "; it must be a power of two up to 2^20");
        }
        return alignment;
    }

    private static void checkPlace(
            GgufCursor cursor, String name, TensorInfo info, long offset, long alignment, long room) {
        if (offset % alignment != 0) {
            throw cursor.malformed("offset of " + name + " is " + offset + "; it must be a multiple of " + alignment);
        }
        if (info.bytes() > room || offset > room - info.bytes()) {
            throw cursor.malformed("tensor " + name + " takes " + info.bytes() + " bytes from " + offset
                    + " on; the file holds " + Math.max(0, room) + " after its header");
        }
    }

    private static void checkOverlaps(GgufCursor cursor, Map<String, StoredTensor> tensors) {
        List<Map.Entry<String, StoredTensor>> entries = new ArrayList<>(tensors.entrySet());
        entries.sort(Comparator.comparingLong(entry -> entry.getValue().offset()));
        long end = 0;
        for (Map.Entry<String, StoredTensor> entry : entries) {
            StoredTensor tensor = entry.getValue();
            if (tensor.offset() < end) {
                throw cursor.malformed("tensor " + entry.getKey() + " begins at byte " + tensor.offset()
                        + "; the one before ends at " + end);
            }
            end = tensor.offset() + tensor.info().bytes();
        }
    }
}
