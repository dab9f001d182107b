package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.torch.ScalarType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
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

    private static TrainingSettings settings(TrainingOptions options) {
        return new TrainingSettings(
                2, 4, 32, true, 2, new LearningRate(1e-2, 0, 0), AdamW.DEFAULT, 1, 9, ScalarType.FLOAT32, options);
    }

    private static int[] lengths(int count) {
        return new Random(1).ints(count, 2, 33).toArray();
    }

    private static BatchPlan plan(int[] lengths, TrainingSettings settings) {
        return BatchPlan.of(
                Arrays.stream(lengths)
                        .mapToObj(length -> List.of(TrainingExample.text(new int[length])))
                        .toList(),
                settings);
    }

    @Test
    void everyEpochSeesEveryExampleOnceInItsShuffledOrder() {
        int[] lengths = new int[101];
        Arrays.fill(lengths, 32);
        BatchPlan plan = plan(lengths, settings(3, 4, 2));
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
        BatchPlan forwards = plan(lengths(200), settings(5, 2, 3));
        BatchPlan backwards = plan(lengths(200), settings(5, 2, 3));
        List<List<List<List<Integer>>>> expected = new ArrayList<>();
        for (int step = 1; step <= forwards.steps(); step++) {
            expected.add(forwards.batches(step));
        }
        for (int step = backwards.steps(); step >= 1; step--) {
            assertThat(backwards.batches(step)).isEqualTo(expected.get(step - 1));
        }
    }

    private static TrainingSettings unpacked(boolean groupByLength) {
        return new TrainingSettings(
                3,
                4,
                32,
                false,
                2,
                new LearningRate(1e-2, 0, 0),
                AdamW.DEFAULT,
                1,
                9,
                ScalarType.FLOAT32,
                new TrainingOptions(0, 0, false, 1, 1, groupByLength, true));
    }

    /** Places of an epoch's batches that hold no token, as a share of all. */
    private static double padding(int[] lengths, TrainingSettings settings) {
        BatchPlan plan = plan(lengths, settings);
        long places = 0;
        for (int step = 1; step <= plan.steps(); step++) {
            for (List<List<Integer>> rows : plan.batches(step)) {
                places += rows.size()
                        * rows.stream()
                                .mapToLong(row ->
                                        row.stream().mapToInt(i -> lengths[i]).sum())
                                .max()
                                .orElseThrow();
            }
        }
        long tokens = (long) settings.epochs() * Arrays.stream(lengths).sum();
        return 1 - (double) tokens / places;
    }

    @Test
    void packingAndLikeLengthsLeaveFewPlacesEmpty() {
        int[] lengths = lengths(400);
        double alone = padding(lengths, unpacked(false));
        assertThat(alone).isGreaterThan(0.3);
        assertThat(padding(lengths, unpacked(true))).isLessThan(alone / 4);
        assertThat(padding(lengths, settings(3, 4, 2))).isLessThan(alone / 4);
    }

    @Test
    void groupedEpochsSeeEveryExampleOnceInBatchesOfAnotherOrderEachTime() {
        int[] lengths = lengths(203);
        BatchPlan plan = plan(lengths, unpacked(true));
        BatchPlan again = plan(lengths, unpacked(true));
        List<List<Integer>> epochs = new ArrayList<>();
        int steps = plan.steps() / 3;
        for (int epoch = 0; epoch < 3; epoch++) {
            List<Integer> seen = new ArrayList<>();
            for (int step = steps * (epoch + 1); step > steps * epoch; step--) {
                assertThat(again.batches(step)).isEqualTo(plan.batches(step));
                plan.batches(step).forEach(rows -> rows.forEach(seen::addAll));
            }
            epochs.add(seen);
            assertThat(seen).doesNotHaveDuplicates().hasSize(203);
        }
        assertThat(epochs).doesNotHaveDuplicates();
    }

    @Test
    void aPhasesEpochsAllComeBeforeTheNextPhase() {
        List<List<TrainingExample>> examples = IntStream.range(0, 90)
                .mapToObj(i -> List.of(TrainingExample.text(new int[32]).from(i % 3 == 0 ? "skills" : "knowledge")))
                .toList();
        TrainingOptions phased = TrainingOptions.NONE.withPhases(List.of("knowledge", "skills"));
        BatchPlan plan = BatchPlan.of(examples, settings(phased));
        assertThat(plan.steps()).as("60 in 8 steps and 30 in 4, twice").isEqualTo(2 * 8 + 2 * 4);
        List<Integer> seen = new ArrayList<>();
        for (int step = 1; step <= plan.steps(); step++) {
            plan.batches(step).forEach(rows -> rows.forEach(seen::addAll));
        }
        for (int pass : new int[] {0, 60}) {
            assertThat(seen.subList(pass, pass + 60)).doesNotHaveDuplicates().noneMatch(i -> i % 3 == 0);
        }
        for (int pass : new int[] {120, 150}) {
            assertThat(seen.subList(pass, pass + 30)).doesNotHaveDuplicates().allMatch(i -> i % 3 == 0);
        }
        assertThat(plan.firstSteps().boxed())
                .as("every example once")
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 17, 18, 19, 20);
    }

    @Test
    void phasesAreTheSourcesOfTheRows() {
        List<List<TrainingExample>> rows = List.of(
                List.of(TrainingExample.text(new int[2]).from("skills")), List.of(TrainingExample.text(new int[2])));
        assertThatCode(() -> Phases.check(rows, List.of())).doesNotThrowAnyException();
        assertThatCode(() -> Phases.check(rows, List.of("skills", "domain"))).doesNotThrowAnyException();
        for (List<String> wrong : List.of(
                List.of("skills"), List.of("skills", "domain", "more"), List.of("skills", "domain", "skills"))) {
            assertThatThrownBy(() -> Phases.check(rows, wrong))
                    .hasMessageContaining("phases are " + wrong)
                    .hasMessageContaining("have the sources [domain, skills]");
        }
    }

    @Test
    void manyEpochsTakeTheMemoryOfOne() {
        int[] lengths = lengths(ROWS);
        long before = used();
        BatchPlan plan = plan(lengths, settings(40, 4, 1));
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
