package dev.paddock.llama.training.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.training.Adaptation;
import dev.paddock.llama.training.BatchShape;
import dev.paddock.llama.training.LearningRate;
import dev.paddock.llama.training.OptimizerKind;
import dev.paddock.llama.training.PlannedWork;
import dev.paddock.llama.training.TrainingOptions;
import dev.paddock.llama.training.TrainingSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EstimatorTest {
    private static final LlamaConfig CONFIG = ProbeModel.of(6, 576, 49_152).config();
    private static final Map<Work, Double> RATES =
            Arrays.stream(Work.values()).collect(Collectors.toMap(work -> work, work -> 1e-11));
    private static final Estimator ESTIMATOR = new Estimator(
            new Calibration(400L << 20, Map.of(ScalarType.BFLOAT16, RATES, ScalarType.FLOAT32, RATES), 2, "any"));

    @Test
    void growsWithLengthBatchRankAndBits() {
        Estimate plain = estimate(lora(8), 4, 256, ScalarType.BFLOAT16, false);
        for (Estimate more : List.of(
                estimate(lora(8), 4, 512, ScalarType.BFLOAT16, false),
                estimate(lora(8), 8, 256, ScalarType.BFLOAT16, false),
                estimate(lora(64), 4, 256, ScalarType.BFLOAT16, false),
                estimate(lora(8, AdapterForm.DORA), 4, 256, ScalarType.BFLOAT16, false),
                estimate(Adaptation.full(), 4, 256, ScalarType.BFLOAT16, false))) {
            assertThat(more.peakMemoryBytes()).isGreaterThan(plain.peakMemoryBytes());
            assertThat(more.stepSeconds()).isGreaterThan(plain.stepSeconds());
        }
        assertThat(estimate(lora(8), 4, 256, ScalarType.FLOAT32, false).peakMemoryBytes())
                .isGreaterThan(plain.peakMemoryBytes());
    }

    @Test
    void memoryIsLinearInLongRows() {
        long first = estimate(lora(8), 1, 2048, ScalarType.BFLOAT16, false).peakMemoryBytes();
        long second = estimate(lora(8), 1, 4096, ScalarType.BFLOAT16, false).peakMemoryBytes();
        long third = estimate(lora(8), 1, 8192, ScalarType.BFLOAT16, false).peakMemoryBytes();
        assertThat((double) (third - second) / (second - first)).isBetween(1.9, 2.4);
    }

    @Test
    void computingAgainTakesTimeForMemory() {
        Estimate kept = estimate(lora(8), 4, 512, ScalarType.BFLOAT16, false);
        Estimate again = estimate(lora(8), 4, 512, ScalarType.BFLOAT16, true);
        assertThat(again.peakMemoryBytes()).isLessThan(kept.peakMemoryBytes());
        assertThat(again.stepSeconds()).isGreaterThan(kept.stepSeconds());
    }

    @Test
    void quantizedMatricesTakeTheirShareAndOneBlockMore() {
        Workload plain = work(lora(8), 1, 128, ScalarType.BFLOAT16, false);
        Workload small = new Workload(
                CONFIG, plain.adaptation(), plain.settings(), new FrozenStorage(0.55, true), plain.fileBytes());
        long matrices = plain.counts().frozenMatrices();
        assertThat(new MemoryModel(plain).frozen() - new MemoryModel(small).frozen())
                .isEqualTo(2 * matrices - (long) (0.55 * matrices) - matrices / 6 * 2);
    }

    @Test
    void everyRefusalNamesAChangeThatFits() {
        for (Workload work : List.of(
                work(lora(8), 8, 1024, ScalarType.FLOAT32, false),
                work(Adaptation.full(), 8, 1024, ScalarType.FLOAT32, false),
                work(lora(8), 1, 8192, ScalarType.BFLOAT16, true))) {
            long needed = ESTIMATOR.fullRowsMemory(work);
            for (double part : new double[] {0.95, 0.8, 0.7}) {
                long limit = (long) (part * needed);
                assertThat(Changes.find(ESTIMATOR, work, limit))
                        .as("%s of %d bytes", part, needed)
                        .hasValueSatisfying(change -> assertThat(ESTIMATOR.fullRowsMemory(change.work()))
                                .isLessThanOrEqualTo(limit));
            }
            assertThat(Changes.find(ESTIMATOR, work, 100L << 20)).isEmpty();
        }
    }

    @Test
    void theSmallestChangeComesFirst() {
        Workload work = work(Adaptation.full(), 8, 512, ScalarType.FLOAT32, false);
        long needed = ESTIMATOR.fullRowsMemory(work);
        assertThat(Changes.find(ESTIMATOR, work, needed - 1))
                .hasValueSatisfying(change -> assertThat(change.text()).startsWith("gradientCheckpointing true"));
        Workload recomputed = work(Adaptation.full(), 8, 512, ScalarType.FLOAT32, true);
        assertThat(Changes.find(ESTIMATOR, recomputed, ESTIMATOR.fullRowsMemory(recomputed) - 1))
                .hasValueSatisfying(
                        change -> assertThat(change.text()).startsWith("batchSize 4 with gradientAccumulation 2"));
    }

    @Test
    void anOptimizerWithASmallerStateKeepsTheMethodWhereThatIsEnough() {
        Workload least = work(Adaptation.full(), 1, 128, ScalarType.BFLOAT16, true);
        long needed = ESTIMATOR.fullRowsMemory(least);
        assertThat(Changes.find(ESTIMATOR, least, needed - 1))
                .hasValueSatisfying(change -> assertThat(change.text()).isEqualTo("optimizer adamw-8bit"));
    }

    @Test
    void aBaseInFourBitsIsTheLastWayOut() {
        Workload least = work(lora(8), 1, 128, ScalarType.BFLOAT16, true);
        assertThat(Changes.find(ESTIMATOR, least, ESTIMATOR.fullRowsMemory(least) - 1))
                .hasValueSatisfying(change -> assertThat(change.text()).startsWith("adapter qlora"));
    }

    @Test
    void labelsAreFewerLogitsThanAVocabulary() {
        Workload words = work(lora(8), 4, 128, ScalarType.BFLOAT16, false);
        Workload labels = words.with(words.adaptation().withLabels(8));
        Estimator logits = only(Work.LOGITS, 1);
        assertThat(logits.estimate(labels, plan(words)).stepSeconds()
                        / logits.estimate(words, plan(words)).stepSeconds())
                .isCloseTo(8.0 / CONFIG.vocabularySize(), org.assertj.core.data.Offset.offset(1e-6));
    }

    @Test
    void aChangeKeepsTheOptimizer() {
        Workload plain = work(Adaptation.full(), 8, 512, ScalarType.FLOAT32, false);
        Workload factored = plain.with(withOptimizer(plain.settings(), OptimizerKind.ADAFACTOR));
        assertThat(Changes.find(ESTIMATOR, factored, ESTIMATOR.fullRowsMemory(factored) - 1))
                .hasValueSatisfying(
                        change -> assertThat(change.work().settings().options()).satisfies(options -> {
                            assertThat(options.recompute()).isTrue();
                            assertThat(options.optimizer()).isEqualTo(OptimizerKind.ADAFACTOR);
                        }));
    }

    @Test
    void everyWeightIsReadHoweverFewTheTokens() {
        Estimator reading = only(Work.WEIGHTS, 1);
        Workload work = work(lora(8), 1, 32, ScalarType.BFLOAT16, false);
        double matrices = work.counts().frozenMatrices();
        double outputs = (double) CONFIG.vocabularySize() * CONFIG.hiddenSize();
        assertThat(reading.estimate(work, plan(work)).stepSeconds()).isEqualTo(2 * matrices + 2 * outputs);
        Workload longer = work(lora(8), 4, 128, ScalarType.BFLOAT16, false);
        assertThat(reading.estimate(longer, plan(longer)).stepSeconds()).isEqualTo(2 * matrices + 4 * outputs);
        Workload again = work(lora(8), 1, 32, ScalarType.BFLOAT16, true);
        assertThat(reading.estimate(again, plan(again)).stepSeconds()).isEqualTo(3 * matrices + 2 * outputs);
    }

    @Test
    void unpackingAndOptimizersHaveRatesOfTheirOwn() {
        Workload quantized = work(lora(8).overNf4(), 1, 32, ScalarType.BFLOAT16, false);
        assertThat(only(Work.DEQUANTIZED, 1)
                        .estimate(quantized, plan(quantized))
                        .stepSeconds())
                .isEqualTo(2.0 * quantized.counts().frozenMatrices());
        Workload plain = work(Adaptation.full(), 1, 32, ScalarType.FLOAT32, false);
        Map<OptimizerKind, Work> updates = Map.of(
                OptimizerKind.ADAMW, Work.UPDATES,
                OptimizerKind.ADAMW_8BIT, Work.UPDATES_8BIT,
                OptimizerKind.PAGED_ADAMW, Work.UPDATES_PAGED,
                OptimizerKind.ADAFACTOR, Work.UPDATES_FACTORED);
        assertThat(updates).hasSize(OptimizerKind.values().length).allSatisfy((kind, work) -> {
            Workload updated = plain.with(withOptimizer(plain.settings(), kind));
            assertThat(only(work, 1).estimate(updated, plan(updated)).stepSeconds())
                    .isEqualTo((double) updated.counts().trained());
        });
    }

    private static Estimator only(Work work, double rate) {
        Map<Work, Double> rates = Map.of(work, rate);
        return new Estimator(
                new Calibration(0, Map.of(ScalarType.BFLOAT16, rates, ScalarType.FLOAT32, rates), 2, "any"));
    }

    private static TrainingSettings withOptimizer(TrainingSettings of, OptimizerKind kind) {
        return new TrainingSettings(
                of.epochs(),
                of.batchRows(),
                of.maxLength(),
                of.packed(),
                of.accumulation(),
                of.learningRate(),
                of.optimizer(),
                of.maxGradientNorm(),
                of.seed(),
                of.computeType(),
                of.options().withOptimizer(kind));
    }

    @Test
    void gpusAreMarkedAsNotMeasured() {
        assertThat(GpuTable.all()).hasSizeGreaterThan(4).allSatisfy(gpu -> {
            Workload work = work(lora(8), 4, 512, ScalarType.BFLOAT16, false);
            Estimate estimate = GpuTable.estimate(gpu, work, plan(work));
            assertThat(estimate.measured()).isFalse();
            assertThat(estimate.peakMemoryBytes()).isBetween(1L << 30, gpu.memoryBytes());
            assertThat(estimate.seconds()).isPositive();
            assertThat(gpu.source()).matches("https://\\S+, read at https://.+");
        });
    }

    private static Adaptation lora(int rank) {
        return lora(rank, AdapterForm.LORA);
    }

    private static Adaptation lora(int rank, AdapterForm form) {
        return Adaptation.lora(LoraSettings.of(rank, rank).withForm(form));
    }

    private static Estimate estimate(Adaptation adaptation, int rows, int length, ScalarType type, boolean recompute) {
        Workload work = work(adaptation, rows, length, type, recompute);
        Estimate estimate = ESTIMATOR.estimate(work, plan(work));
        assertThat(estimate.peakMemoryBytes()).isEqualTo(ESTIMATOR.fullRowsMemory(work));
        return estimate;
    }

    private static PlannedWork plan(Workload work) {
        BatchShape batch =
                BatchShape.full(work.settings().batchRows(), work.settings().maxLength(), true);
        return new PlannedWork(1, List.of(batch), 1, 1, batch.tokens(), false, false);
    }

    private static Workload work(Adaptation adaptation, int rows, int length, ScalarType type, boolean recompute) {
        TrainingOptions options = new TrainingOptions(0, 0, recompute, 1, 1, false, true);
        TrainingSettings settings = new TrainingSettings(
                1, rows, length, true, 1, new LearningRate(1e-4, 0, 0), AdamW.DEFAULT, 1, 1, type, options);
        return new Workload(CONFIG, adaptation, settings, 100L << 20);
    }
}
