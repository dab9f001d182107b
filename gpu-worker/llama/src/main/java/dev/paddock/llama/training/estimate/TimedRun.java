package dev.paddock.llama.training.estimate;

import dev.paddock.llama.training.Adaptation;
import dev.paddock.llama.training.Lessons;
import dev.paddock.llama.training.PeakMemory;
import dev.paddock.llama.training.TrainingListener;
import dev.paddock.llama.training.TrainingProgress;
import dev.paddock.llama.training.TrainingRun;
import dev.paddock.llama.training.TrainingSettings;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a run took until it had learnt; its result is not written.
 *
 * @param loadSeconds from the begin to the first work
 * @param referenceSeconds what measuring the reference took; about 0 without one
 * @param stepSeconds of each step
 * @param peakBytes most memory that the process has had resident; 0 where the system does not tell
 */
public record TimedRun(double loadSeconds, double referenceSeconds, List<Double> stepSeconds, long peakBytes) {
    /**
     * Runs and takes the time.
     *
     * @param nanoseconds a clock
     */
    public static TimedRun of(
            WeightSource base,
            Adaptation adaptation,
            TrainingSettings settings,
            Lessons lessons,
            LongSupplier nanoseconds) {
        Watch watch = new Watch(nanoseconds);
        Path unused = Path.of("unused");
        try {
            new TrainingRun(
                            base,
                            "measured",
                            adaptation,
                            settings,
                            lessons,
                            new TrainingRun.CheckpointPolicy(unused, 0, Optional.empty()))
                    .run(unused, watch, watch::asked);
        } catch (Watch.LastStep e) {
            return watch.run();
        }
        throw new IllegalStateException("a run without steps");
    }

    /** Takes the time of a run and ends it after its last step. */
    private static final class Watch implements TrainingListener {
        private final LongSupplier nanoseconds;
        private final List<Double> steps = new ArrayList<>();
        private double load = -1;
        private double reference;
        private long last;

        Watch(LongSupplier nanoseconds) {
            this.nanoseconds = nanoseconds;
            last = nanoseconds.getAsLong();
        }

        /** Ends a run. */
        private static final class LastStep extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }

        boolean asked() {
            load = load < 0 ? lap() : load;
            return false;
        }

        @Override
        public void started(int finishedSteps, int total, long trainedParameters) {
            asked();
            reference = lap();
        }

        @Override
        public void progressed(TrainingProgress progress) {
            steps.add(lap());
            if (progress.step() == progress.steps()) {
                throw new LastStep();
            }
        }

        private double lap() {
            long now = nanoseconds.getAsLong();
            double seconds = (now - last) / 1e9;
            last = now;
            return seconds;
        }

        TimedRun run() {
            return new TimedRun(load, reference, List.copyOf(steps), PeakMemory.bytes());
        }
    }
}
