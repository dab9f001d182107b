package dev.paddock.llama.weights;

import dev.paddock.llama.config.UnsupportedModelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The header of a safetensors file: 8 bytes of length, then JSON of names, types, shapes and places in the bytes that follow.
 * Tensors must lie one after another without gap or overlap up to the end of the file.
 */
record SafetensorsHeader(long dataStart, Map<String, String> metadata, Map<String, Entry> tensors) {
    private static final long MOST_BYTES = 100_000_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** A tensor and its bytes, counted from the end of the header. */
    record Entry(TensorInfo info, long begin, long end) {}

    static SafetensorsHeader read(MappedFile file) {
        if (file.size() < 8) {
            throw file.malformed("is " + file.size() + " bytes long; a header needs at least 8");
        }
        long length = file.part(0, 8).getLong();
        if (length < 2 || length > Math.min(MOST_BYTES, file.size() - 8)) {
            throw file.malformed("states a header of " + Long.toUnsignedString(length)
                    + " bytes; it must lie within 2 and " + Math.min(MOST_BYTES, file.size() - 8));
        }
        byte[] json = new byte[(int) length];
        file.part(8, json.length).get(json);
        SafetensorsHeader header = parse(file, json);
        checkPlaces(file, header.tensors, file.size() - header.dataStart);
        return header;
    }

    private static SafetensorsHeader parse(MappedFile file, byte[] json) {
        JsonNode root;
        try {
            root = JSON.readTree(new String(json, StandardCharsets.UTF_8));
        } catch (JacksonException failure) {
            throw file.malformed("its header is no JSON or has a name twice: " + failure.getOriginalMessage());
        }
        if (root == null || !root.isObject()) {
            throw file.malformed("its header must be a JSON object");
        }
        Map<String, String> metadata = new TreeMap<>();
        Map<String, Entry> tensors = new TreeMap<>();
        root.properties().forEach(field -> {
            if (field.getKey().equals("__metadata__")) {
                field.getValue()
                        .properties()
                        .forEach(text ->
                                metadata.put(text.getKey(), text.getValue().asString("")));
            } else {
                tensors.put(field.getKey(), entry(file, field.getKey(), field.getValue()));
            }
        });
        return new SafetensorsHeader(8L + json.length, metadata, tensors);
    }

    private static Entry entry(MappedFile file, String name, JsonNode node) {
        TensorType type = type(node.path("dtype").asString(""), name);
        TensorInfo info = new TensorInfo(type, longs(file, name, "shape", node));
        List<Long> offsets = longs(file, name, "data_offsets", node);
        if (offsets.size() != 2) {
            throw file.malformed("data_offsets of " + name + " are " + offsets + "; they must be begin and end");
        }
        long bytes;
        try {
            bytes = info.bytes();
        } catch (ArithmeticException overflow) {
            throw file.malformed("shape of " + name + " is " + info.shape() + "; its size must fit 63 bits");
        }
        if (offsets.get(1) - offsets.get(0) != bytes) {
            throw file.malformed("data_offsets of " + name + " are " + offsets + "; " + type + " of shape "
                    + info.shape() + " takes " + bytes + " bytes");
        }
        return new Entry(info, offsets.get(0), offsets.get(1));
    }

    private static List<Long> longs(MappedFile file, String name, String field, JsonNode node) {
        JsonNode array = node.path(field);
        List<Long> numbers = new ArrayList<>();
        boolean holds = array.isArray();
        for (JsonNode number : array) {
            holds &= number.isIntegralNumber() && number.canConvertToLong() && number.longValue() >= 0;
            numbers.add(holds ? number.longValue() : 0);
        }
        if (!holds) {
            throw file.malformed(field + " of " + name + " is " + array + "; it must be a list of integers from 0");
        }
        return numbers;
    }

    private static TensorType type(String name, String tensor) {
        for (TensorType type : TensorType.values()) {
            if (type.name().equals(name) && !type.quantized()) {
                return type;
            }
        }
        throw new UnsupportedModelException("dtype of " + tensor + " is " + name
                + "; supported are F64, F32, F16, BF16, I64, I32, I16, I8, U8 and BOOL");
    }

    private static void checkPlaces(MappedFile file, Map<String, Entry> tensors, long bytes) {
        List<Entry> entries = new ArrayList<>(tensors.values());
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long end = 0;
        for (Entry entry : entries) {
            if (entry.begin() != end) {
                throw file.malformed("a tensor begins at byte " + entry.begin() + "; the one before ends at " + end);
            }
            end = entry.end();
        }
        if (end != bytes) {
            throw file.malformed("tensors end at byte " + end + "; the file holds " + bytes + " after its header");
        }
    }
}
