package dev.paddock.llama.training.estimate;

import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.training.Adaptation;
import dev.paddock.llama.training.TrainingOptions;
import dev.paddock.llama.training.TrainingSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The smallest change that makes a run fit: first what leaves its result as it is (activations computed again, smaller batches
 * summed up), then fewer bits, shorter rows, and adapters instead of every weight; one of them where one is enough.
 */
public final class Changes {
    private static final int SHORTEST = 128;
    private static final int RANK = 8;

    private Changes() {}

    /** A change that can be made; empty where it cannot be made (again). */
    private interface Step extends Function<Workload, Optional<Change>> {}

    private static final List<Step> STEPS = List.of(
            Changes::recompute, Changes::smallerBatch, Changes::fewerBits, Changes::shorterRows, Changes::adapters);

    /** The first change after which the run takes no more than the limit; empty where none is enough. */
    public static Optional<Change> find(Estimator estimator, Workload work, long limitBytes) {
        return Stream.concat(
                        STEPS.stream().map(step -> repeated(step, work, estimator, limitBytes)),
                        together(work, estimator, limitBytes))
                .flatMap(Optional::stream)
                .filter(change -> fits(change.work(), estimator, limitBytes))
                .findFirst();
    }

    private static boolean fits(Workload work, Estimator estimator, long limitBytes) {
        return estimator.fullRowsMemory(work) <= limitBytes;
    }

    /** A step as often as it is needed and possible. */
    private static Optional<Change> repeated(Step step, Workload work, Estimator estimator, long limitBytes) {
        Optional<Change> change = step.apply(work);
        while (change.isPresent() && !fits(change.get().work(), estimator, limitBytes)) {
            Optional<Change> further = step.apply(change.get().work());
            if (further.isEmpty()) {
                return change;
            }
            change = further;
        }
        return change;
    }

    /** One step after another, each as far as it goes. */
    private static Stream<Optional<Change>> together(Workload work, Estimator estimator, long limitBytes) {
        String text = "";
        Workload current = work;
        Stream.Builder<Optional<Change>> changes = Stream.builder();
        for (Step step : STEPS) {
            Optional<Change> change = repeated(step, current, estimator, limitBytes);
            if (change.isPresent()) {
                text = text.isEmpty()
                        ? change.get().text()
                        : text + ", " + change.get().text();
                current = change.get().work();
                changes.add(Optional.of(new Change(text, current)));
            }
        }
        return changes.build();
    }

    private static Optional<Change> recompute(Workload work) {
        TrainingSettings now = work.settings();
        TrainingOptions options = now.options();
        return options.recompute()
                ? Optional.empty()
                : Optional.of(new Change(
                        "gradientCheckpointing true (a third slower, the same result)",
                        work.with(settings(
                                now,
                                now.batchRows(),
                                now.maxLength(),
                                now.accumulation(),
                                now.computeType(),
                                options.withRecompute(true)))));
    }

    private static Optional<Change> smallerBatch(Workload work) {
        TrainingSettings now = work.settings();
        int rows = now.batchRows() / 2;
        int accumulation = rows == 0 ? 0 : now.accumulation() * now.batchRows() / rows;
        return rows == 0
                ? Optional.empty()
                : Optional.of(new Change(
                        "batchSize " + rows + " with gradientAccumulation " + accumulation + " (the same updates)",
                        work.with(
                                settings(now, rows, now.maxLength(), accumulation, now.computeType(), now.options()))));
    }

    private static Optional<Change> fewerBits(Workload work) {
        TrainingSettings now = work.settings();
        return now.computeType() == ScalarType.BFLOAT16
                ? Optional.empty()
                : Optional.of(new Change(
                        "precision bf16",
                        work.with(settings(
                                now,
                                now.batchRows(),
                                now.maxLength(),
                                now.accumulation(),
                                ScalarType.BFLOAT16,
                                now.options()))));
    }

    private static Optional<Change> shorterRows(Workload work) {
        TrainingSettings now = work.settings();
        int length = now.maxLength() / 2;
        return length < SHORTEST
                ? Optional.empty()
                : Optional.of(new Change(
                        "sequenceLength " + length,
                        work.with(settings(
                                now, now.batchRows(), length, now.accumulation(), now.computeType(), now.options()))));
    }

    private static Optional<Change> adapters(Workload work) {
        Adaptation lora = Adaptation.lora(LoraSettings.of(RANK, 2.0 * RANK))
                .withLabels(work.adaptation().labels());
        return work.adaptation().everything()
                ? Optional.of(new Change("adapter lora instead of full", work.with(lora)))
                : Optional.empty();
    }

    private static TrainingSettings settings(
            TrainingSettings now, int rows, int length, int accumulation, ScalarType type, TrainingOptions options) {
        return new TrainingSettings(
                now.epochs(),
                rows,
                length,
                now.packed(),
                accumulation,
                now.learningRate(),
                now.optimizer(),
                now.maxGradientNorm(),
                now.seed(),
                type,
                options);
    }
}
