package dev.paddock.llama.quantization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.weights.NormalFloat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class DynamicBlocksTest {
    @Test
    void theCodeBooksAreThoseOfBitsandbytes() {
        Figures.assertEqual(Figures.figures(), "code_book", Figures.bytes(NormalFloat.code()));
        Figures.assertEqual(Figures.figures(), "signed_map", Figures.bytes(numbers(DynamicMap.SIGNED)));
        Figures.assertEqual(Figures.figures(), "unsigned_map", Figures.bytes(numbers(DynamicMap.UNSIGNED)));
    }

    private static float[] numbers(DynamicMap map) {
        float[] numbers = new float[256];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = map.number((byte) i);
        }
        return numbers;
    }

    static Stream<JsonNode> blocks() {
        return Figures.cases("blocks");
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void everyBitIsThatOfBitsandbytes(JsonNode figures) {
        DynamicMap map = figures.get("signed").booleanValue() ? DynamicMap.SIGNED : DynamicMap.UNSIGNED;
        int count = figures.get("count").intValue();
        float[] values = Figures.values(figures, count);
        byte[] codes = new byte[count];
        float[] largest = new float[DynamicBlocks.count(count)];
        float[] again = new float[count];
        for (int block = 0; block < largest.length; block++) {
            int at = block * DynamicBlocks.BLOCK;
            int size = Math.min(DynamicBlocks.BLOCK, count - at);
            float[] numbers = new float[size];
            for (int i = 0; i < size; i++) {
                numbers[i] = map == DynamicMap.SIGNED ? values[at + i] : Math.abs(values[at + i]);
            }
            largest[block] = DynamicBlocks.quantize(map, numbers, size, codes, at);
            DynamicBlocks.dequantize(map, codes, at, size, largest[block], numbers);
            System.arraycopy(numbers, 0, again, at, size);
        }
        Figures.assertEqual(figures, "codes", codes);
        Figures.assertEqual(figures, "largest", Figures.bytes(largest));
        Figures.assertEqual(figures, "values_again", Figures.bytes(again));
    }

    @Test
    void aMeanOfFewNumbersIsExact() {
        assertThat(CascadeSum.mean(new float[] {1, 2, 6})).isEqualTo(3);
    }
}
