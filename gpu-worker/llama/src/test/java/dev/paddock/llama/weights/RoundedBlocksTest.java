package dev.paddock.llama.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.Fixtures;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Blocks are llama.cpp's own, bit for bit ({@code benchmarks/reference/gguf_blocks_reference.py}). */
class RoundedBlocksTest {
    @Test
    void everyTypeHasTheReferencesBytes() {
        JsonNode figures = Fixtures.json("weights/rounded.json");
        float[] numbers = floats(figures.path("numbers"));
        figures.path("bytes").properties().forEach(entry -> {
            TensorType type = TensorType.valueOf(entry.getKey());
            byte[] expected = Base64.getDecoder().decode(entry.getValue().stringValue());
            byte[] bytes = new byte[expected.length];
            BlockEncoder.encode(type, numbers).get(bytes);
            for (int block = 0; block < bytes.length / type.blockBytes(); block++) {
                assertThat(slice(bytes, block, type))
                        .as("%s block %d", type, block)
                        .isEqualTo(slice(expected, block, type));
            }
        });
    }

    @Test
    void whatIsReadIsWrittenTheSameAgain() {
        float[] numbers = floats(Fixtures.json("weights/rounded.json").path("numbers"));
        for (TensorType type : new TensorType[] {TensorType.F32, TensorType.F16, TensorType.BF16}) {
            ByteBuffer once = BlockEncoder.encode(type, numbers);
            FloatBuffer read = FloatBuffer.allocate(numbers.length);
            Dequantization.read(type, once.duplicate().order(ByteOrder.LITTLE_ENDIAN), read);
            FloatBuffer again = FloatBuffer.allocate(numbers.length);
            Dequantization.read(type, BlockEncoder.encode(type, read.array()), again);
            assertThat(again.array()).as("%s", type).isEqualTo(read.array());
        }
    }

    @Test
    void aTypeThatIsOnlyReadIsRefusedByName() {
        assertThatThrownBy(() -> BlockEncoder.of(TensorType.Q6_K)).hasMessageContaining("Q6_K is only read");
    }

    private static byte[] slice(byte[] bytes, int block, TensorType type) {
        return Arrays.copyOfRange(bytes, block * type.blockBytes(), (block + 1) * type.blockBytes());
    }

    private static float[] floats(JsonNode text) {
        ByteBuffer bytes =
                ByteBuffer.wrap(Base64.getDecoder().decode(text.stringValue())).order(ByteOrder.LITTLE_ENDIAN);
        float[] numbers = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(numbers);
        return numbers;
    }
}
