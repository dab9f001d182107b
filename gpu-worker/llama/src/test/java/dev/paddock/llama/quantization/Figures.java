package dev.paddock.llama.quantization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.Fixtures;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Figures of {@code benchmarks/reference/nf4_reference.py}: bytes in hexadecimal, long ones as their SHA-256. */
public final class Figures {
    private static final String DIGEST = "sha256:";

    private Figures() {}

    public static JsonNode figures() {
        return Fixtures.json("/dev/paddock/llama/quantization/nf4.json");
    }

    public static Stream<JsonNode> cases(String kind) {
        return figures().get(kind).valueStream();
    }

    /** A case's numbers: given, or drawn from its seed. */
    public static float[] values(JsonNode figures, int count) {
        return figures.has("values")
                ? floats(figures.get("values").stringValue())
                : draw(figures.get("seed").longValue(), count);
    }

    /** 24 random bits as a number in [-1, 1), halved up to 15 times by 4 others. */
    public static float[] draw(long seed, int count) {
        float[] values = new float[count];
        long state = seed;
        for (int i = 0; i < count; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            values[i] = (float) (((state >>> 40) / 0x1p23 - 1) * Math.pow(2, -(int) (state >>> 36 & 15)));
        }
        return values;
    }

    public static float[] floats(String hexadecimal) {
        byte[] bytes = HexFormat.of().parseHex(hexadecimal);
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    public static byte[] bytes(float... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return buffer.array();
    }

    /** Bit for bit. */
    public static void assertEqual(JsonNode figures, String field, byte[] actual) {
        String expected = figures.get(field).stringValue();
        String found = expected.startsWith(DIGEST)
                ? DIGEST + digest(actual)
                : HexFormat.of().formatHex(actual);
        assertThat(found).as(field).isEqualTo(expected);
    }

    static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
