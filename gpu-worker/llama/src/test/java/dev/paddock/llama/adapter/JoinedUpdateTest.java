package dev.paddock.llama.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.adapter.JoinedUpdate.Block;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JoinedUpdateTest {
    /** Outputs 1 and 2 read the first of three ranks, output 4 the others; nothing updates outputs 0, 3 and 5. */
    private static final JoinedUpdate UPDATE = new JoinedUpdate(
            AdapterForm.LORA,
            3,
            1,
            6,
            new float[3],
            List.of(new Block(1, 2, 0, 1, new float[] {10, 20}), new Block(4, 1, 1, 2, new float[] {1.5f, 2})),
            new float[0],
            new long[0]);

    private static final float[] B = {0, 0, 0, 10, 0, 0, 20, 0, 0, 0, 0, 0, 0, 1.5f, 2, 0, 0, 0};

    @Test
    void blocksStandInTheirRowsAndColumns() {
        assertThat(UPDATE.b()).containsExactly(B);
    }

    @Test
    void someRowsAreThoseOfTheWhole() {
        for (int first = 0; first < 6; first++) {
            for (int count = 0; first + count <= 6; count++) {
                float[] rows = new float[3 * count + 1];
                Arrays.fill(rows, Float.NaN);
                UPDATE.readB(first, count, rows);
                assertThat(Arrays.copyOf(rows, 3 * count))
                        .containsExactly(Arrays.copyOfRange(B, 3 * first, 3 * (first + count)));
                assertThat(rows[3 * count]).isNaN();
            }
        }
    }
}
