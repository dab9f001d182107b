package dev.paddock.llama.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The keys and values at the head of a GGUF file. */
final class GgufValues {
    private static final int STRING = 8;
    private static final int ARRAY = 9;
    private static final int DEEPEST = 4;
    private static final int MOST_ELEMENTS = 1 << 22;
    /** Least bytes of a value by its type's number. */
    private static final int[] LEAST_BYTES = {1, 1, 2, 2, 4, 4, 4, 1, 8, 12, 8, 8, 8};

    private final GgufCursor cursor;
    private int elementsLeft = MOST_ELEMENTS;

    GgufValues(GgufCursor cursor) {
        this.cursor = cursor;
    }

    Map<String, Object> read(int count) {
        Map<String, Object> values = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String key = cursor.text("a key");
            Object before = values.put(key, value(key, cursor.int32(), 0));
            if (before != null) {
                throw cursor.malformed("key " + key + " stands twice");
            }
        }
        return values;
    }

    private Object value(String key, int type, int depth) {
        return switch (type) {
            case 0 -> (long) (cursor.int8() & 0xFF);
            case 1 -> (long) cursor.int8();
            case 2 -> (long) (cursor.int16() & 0xFFFF);
            case 3 -> (long) cursor.int16();
            case 4 -> Integer.toUnsignedLong(cursor.int32());
            case 5 -> (long) cursor.int32();
            case 6 -> shortest(Float.intBitsToFloat(cursor.int32()));
            case 7 -> flag(key);
            case STRING -> cursor.text(key);
            case ARRAY -> array(key, depth + 1);
            case 10 -> cursor.unsigned64(key);
            case 11 -> cursor.int64();
            case 12 -> Double.longBitsToDouble(cursor.int64());
            default -> throw cursor.malformed("type of " + key + " is " + type + "; it must lie within 0 and 12");
        };
    }

    /** The fp32 number's shortest decimal, so that 1e-5 stays 1e-5. */
    private static double shortest(float number) {
        return Double.parseDouble(Float.toString(number));
    }

    private boolean flag(String key) {
        int value = cursor.int8();
        if (value != 0 && value != 1) {
            throw cursor.malformed(key + " is " + value + "; a flag must be 0 or 1");
        }
        return value == 1;
    }

    private List<Object> array(String key, int depth) {
        int type = cursor.int32();
        if (type < 0 || type >= LEAST_BYTES.length || depth > DEEPEST) {
            throw cursor.malformed("element type of " + key + " is " + type + " at depth " + depth
                    + "; it must lie within 0 and 12 and no deeper than " + DEEPEST);
        }
        int count = cursor.count("count of " + key, LEAST_BYTES[type], elementsLeft);
        elementsLeft -= count;
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(value(key, type, depth));
        }
        return values;
    }
}
