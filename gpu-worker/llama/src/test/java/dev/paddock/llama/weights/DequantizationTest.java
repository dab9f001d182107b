package dev.paddock.llama.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.Fixtures;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DequantizationTest {
    @Test
    void everyTypeGivesTheNumbersOfTheReference() {
        for (JsonNode row : Fixtures.json("weights/blocks.json")) {
            TensorType type = TensorType.valueOf(row.get("type").stringValue());
            FloatBuffer expected = decoded(row, "numbers").asFloatBuffer();
            FloatBuffer numbers = FloatBuffer.allocate(expected.remaining());
            Dequantization.read(type, decoded(row, "bytes"), numbers);
            for (int i = 0; i < numbers.capacity(); i++) {
                assertThat(numbers.get(i)).as("%s %s", type, i).isEqualTo(expected.get(i));
            }
        }
    }

    @Test
    void everyHalfPrecisionNumberSurvives() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float number = Float16.fromHalf(bits);
            if (!Float.isNaN(number)) {
                assertThat(Float16.toHalf(number)).isEqualTo((short) bits);
            }
        }
        assertThat(Float16.toHalf(65519.9f)).isEqualTo((short) 0x7BFF);
        assertThat(Float16.toHalf(65520f)).isEqualTo((short) 0x7C00);
        assertThat(Float16.fromHalf(Float16.toHalf(Float.NaN))).isNaN();
    }

    private static ByteBuffer decoded(JsonNode row, String field) {
        byte[] bytes = Base64.getDecoder().decode(row.get(field).stringValue());
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
