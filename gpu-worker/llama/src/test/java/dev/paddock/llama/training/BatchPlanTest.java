package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.torch.ScalarType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchPlanTest {
    private static final int ROWS = 50_000;

    private static TrainingSettings settings(int epochs, int batchRows, int accumulation) {
        return new TrainingSettings(
                epochs,
                batchRows,
                32,
                true,
                accumulation,
                new LearningRate(1e-2, 0, 0),
                AdamW.DEFAULT,
                1,
                9,
                ScalarType.FLOAT32);
    }

    private static int[] lengths(int count) {
        return new Random(1).ints(count, 2, 33).toArray();
    }

    @Test
    void everyEpochSeesEveryExampleOnceInItsShuffledOrder() {
        int[] lengths = new int[101];
        java.util.Arrays.fill(lengths, 32);
        BatchPlan plan = BatchPlan.of(lengths, settings(3, 4, 2));
        assertThat(plan.steps()).isEqualTo(3 * 13);
        for (int epoch = 0; epoch < 3; epoch++) {
            List<Integer> seen = new ArrayList<>();
            for (int step = 13 * epoch + 1; step <= 13 * (epoch + 1); step++) {
                List<List<List<Integer>>> batches = plan.batches(step);
                assertThat(batches).hasSizeBetween(1, 2).allSatisfy(rows -> assertThat(rows)
                        .hasSizeBetween(1, 4));
                batches.forEach(rows -> rows.forEach(seen::addAll));
            }
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < lengths.length; i++) {
                order.add(i);
            }
            Collections.shuffle(order, new Random(Seeds.mix(9, epoch)));
            assertThat(seen).isEqualTo(order);
        }
    }

    @Test
    void aStepHasTheSameBatchesInWhateverOrderStepsAreAskedFor() {
        BatchPlan forwards = BatchPlan.of(lengths(200), settings(5, 2, 3));
        BatchPlan backwards = BatchPlan.of(lengths(200), settings(5, 2, 3));
        List<List<List<List<Integer>>>> expected = new ArrayList<>();
        for (int step = 1; step <= forwards.steps(); step++) {
            expected.add(forwards.batches(step));
        }
        for (int step = backwards.steps(); step >= 1; step--) {
            assertThat(backwards.batches(step)).isEqualTo(expected.get(step - 1));
        }
    }

    @Test
    void manyEpochsTakeTheMemoryOfOne() {
        int[] lengths = lengths(ROWS);
        long before = used();
        BatchPlan plan = BatchPlan.of(lengths, settings(40, 4, 1));
        assertThat(used() - before).isLessThan(32L << 20);
        assertThat(plan.steps()).isPositive();
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
