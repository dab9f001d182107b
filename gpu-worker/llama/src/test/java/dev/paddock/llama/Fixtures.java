package dev.paddock.llama;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checked-in reference figures. */
public final class Fixtures {
    private Fixtures() {}

    public static byte[] bytes(String name) {
        try (InputStream stream = Objects.requireNonNull(Fixtures.class.getResourceAsStream(name), name)) {
            return name.endsWith(".gz") ? new GZIPInputStream(stream).readAllBytes() : stream.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static JsonNode json(String name) {
        return JsonMapper.shared().readTree(bytes(name));
    }

    public static int[] ints(JsonNode array) {
        return array.valueStream().mapToInt(JsonNode::intValue).toArray();
    }
}
