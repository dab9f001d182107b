package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.torch.ScalarType;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlannedWorkTest {
    @Test
    void hasTheStepsAndBatchesOfTheRun() {
        TrainingSettings settings = settings(3, 2, 300, 2);
        List<TrainingExample> rows = IntStream.range(0, 11)
                .mapToObj(i -> TrainingExample.text(new int[100]))
                .toList();
        PlannedWork plan = PlannedWork.of(new Lessons.Texts(rows), settings);
        // 11 documents of 100 tokens fill 4 rows of 300, which are 2 batches and 1 step an epoch
        assertThat(plan.steps()).isEqualTo(3);
        assertThat(plan.epoch()).hasSize(2);
        assertThat(plan.epoch().get(0).length()).isEqualTo(304);
        assertThat(plan.tokens()).isEqualTo(1100);
        assertThat(plan.epoch().stream().mapToInt(BatchShape::places).sum()).isEqualTo(11 * 99);
        assertThat(plan.sampled(0.1).steps()).isEqualTo(30);
    }

    @Test
    void countsTheKeysThatBlocksOfQueriesLookAt() {
        BatchShape shape = BatchShape.full(1, 600, true);
        assertThat(shape.keyPairs()).isEqualTo(128 * (128 + 256 + 384 + 512) + 88 * 600);
        assertThat(shape.widest()).isEqualTo(128 * 512);
        BatchShape unmasked = BatchShape.full(1, 600, false);
        assertThat(unmasked.keyPairs()).isEqualTo(600 * 600);
        assertThat(unmasked.widest()).isEqualTo(128 * 600);
        assertThat(BatchShape.of(packed(600), true).keyPairs()).isEqualTo(128 * (128 + 256 + 384 + 512) + 96 * 608);
    }

    @Test
    void withoutTheCausalMaskABlockSeesItsDocumentsToTheirEnds() {
        TrainingExample document = TrainingExample.text(new int[304]);
        PackedBatch batch = PackedBatch.of(List.of(List.of(document, document)));
        assertThat(BatchShape.of(batch, false).keyPairs()).isEqualTo(3 * 128 * 304 + 128 * 608 + 96 * 304);
        assertThat(BatchShape.of(batch, true).keyPairs()).isEqualTo(128 * (128 + 256 + 384 + 208) + 96 * 304);
    }

    /** One document, whose row is filled up to 608. */
    private static PackedBatch packed(int length) {
        PackedBatch batch = PackedBatch.of(List.of(List.of(TrainingExample.text(new int[length]))));
        assertThat(batch.length()).isEqualTo(608);
        return batch;
    }

    private static TrainingSettings settings(int epochs, int rows, int length, int accumulation) {
        return new TrainingSettings(
                epochs,
                rows,
                length,
                true,
                accumulation,
                new LearningRate(0.1, 0, 0),
                AdamW.DEFAULT,
                1,
                1,
                ScalarType.FLOAT32);
    }
}
