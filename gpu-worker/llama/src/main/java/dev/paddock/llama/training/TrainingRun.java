package dev.paddock.llama.training;

import dev.paddock.llama.config.Rules;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.training.TrainingSession.StepResult;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * One training from rows to files. The same base, rows, settings and {@link RunEnvironment} give the same bytes, also when the
 * run was stopped and went on from a checkpoint. In another environment it goes on, too, and says so.
 *
 * @param base model that is trained
 * @param baseName what the result names as its base
 * @param adaptation what of it is trained
 * @param settings how
 * @param lessons what it learns from
 * @param checkpoints where the state is kept and how often
 * @param validation what is measured on the way
 */
public record TrainingRun(
        WeightSource base,
        String baseName,
        Adaptation adaptation,
        TrainingSettings settings,
        Lessons lessons,
        CheckpointPolicy checkpoints,
        Validation validation) {
    /** A run that measures nothing on the way. */
    public TrainingRun(
            WeightSource base,
            String baseName,
            Adaptation adaptation,
            TrainingSettings settings,
            Lessons lessons,
            CheckpointPolicy checkpoints) {
        this(base, baseName, adaptation, settings, lessons, checkpoints, Validation.NONE);
    }

    /** A run over documents. */
    public TrainingRun(
            WeightSource base,
            String baseName,
            Adaptation adaptation,
            TrainingSettings settings,
            List<TrainingExample> examples,
            CheckpointPolicy checkpoints) {
        this(base, baseName, adaptation, settings, new Lessons.Texts(examples), checkpoints);
    }

    /**
     * Where checkpoints are written.
     *
     * @param folder parent of the {@code step-N} folders; only the newest is kept
     * @param everySteps steps between two; 0 for none
     * @param resumeFrom a checkpoint to go on from
     */
    public record CheckpointPolicy(Path folder, int everySteps, Optional<Path> resumeFrom) {
        public CheckpointPolicy {
            Rules.atLeast("checkpointEvery", everySteps, 0);
        }
    }

    /** How a run ended: mean loss of its last step, steps, trained parameters. */
    public record Outcome(double loss, int steps, long trainedParameters) {}

    /**
     * Trains and writes the result into {@code output}: an adapter in PEFT's layout, or a whole model as a Hugging Face folder
     * without its tokenizer.
     *
     * @param cancelled asked before each step, and before each batch that the reference is measured on
     * @throws NonFiniteLossException when the loss or its gradient is no number
     * @throws CancellationException when {@code cancelled} said so; checkpoints stay
     */
    public Outcome run(Path output, TrainingListener listener, BooleanSupplier cancelled) {
        try (TrainingSession session = new TrainingSession(base, adaptation, settings, lessons)) {
            session.measureReference(cancelled);
            try (Measurements measured = new Measurements(validation, settings, session, listener, cancelled)) {
                Outcome outcome = new Steps(session, measured, listener, cancelled).run();
                Folders.writeWhole(output, folder -> session.write(folder, baseName));
                return outcome;
            }
        }
    }

    /** The steps of a run, from its first one or from the checkpoint's. */
    private final class Steps {
        private final TrainingSession session;
        private final Measurements measured;
        private final TrainingListener listener;
        private final BooleanSupplier cancelled;
        private final String fingerprint;
        private RunEnvironment environment = RunEnvironment.ofThisProcess(settings.computeType());

        Steps(TrainingSession session, Measurements measured, TrainingListener listener, BooleanSupplier cancelled) {
            this.session = session;
            this.measured = measured;
            this.listener = listener;
            this.cancelled = cancelled;
            fingerprint = Fingerprint.of(base.config(), adaptation, settings, lessons, validation) + Libtorch.version();
        }

        Outcome run() {
            int finished = checkpoints.resumeFrom().map(this::resume).orElse(0);
            long trained = session.model().parameters().size();
            listener.started(finished, session.steps(), trained);
            listener.computedIn(environment);
            if (finished == 0) {
                measured.after(0);
            }
            Pace pace = new Pace(finished, session.steps());
            double loss = Double.NaN;
            int step = finished;
            while (step < session.steps() && !measured.best().isOver()) {
                step++;
                if (cancelled.getAsBoolean()) {
                    throw new CancellationException("cancelled before step " + step);
                }
                StepResult result = session.step(step);
                loss = result.loss();
                listener.progressed(pace.progress(step, result));
                tell(step, result.metrics());
                measured.after(step);
                keep(step);
            }
            if (step < session.steps()) {
                listener.endedEarly(step, validation.selection().patience());
            }
            measured.choose();
            return new Outcome(loss, step, trained);
        }

        private void tell(int step, Map<String, Double> metrics) {
            metrics.forEach((name, value) -> listener.measured(step, name, value));
        }

        /** Steps that the checkpoint has behind it; none where it is of another run, which the listener hears. */
        private int resume(Path folder) {
            Optional<String> mismatch = Checkpoint.mismatch(folder, fingerprint);
            mismatch.ifPresent(listener::begunAnew);
            if (mismatch.isPresent()) {
                return 0;
            }
            measured.best().read(folder);
            int step = Checkpoint.restore(folder, session.model().parameters());
            RunEnvironment before = Checkpoint.head(folder).environment();
            if (before != null) {
                environment.departure(step, before).ifPresent(listener::moved);
                environment = environment.after(step, before);
            }
            return step;
        }

        private void keep(int step) {
            int every = checkpoints.everySteps();
            if (every > 0 && step % every == 0 && step < session.steps()) {
                Checkpoint.Head head = Checkpoint.head(step, session.steps(), fingerprint, environment);
                Path folder = Checkpoint.write(
                        checkpoints.folder(), head, session.model().parameters(), measured.best());
                Checkpoint.deleteOlder(folder);
                listener.checkpointed(step, folder);
            }
        }
    }

    /** Speed of a run since it began or went on. */
    private static final class Pace {
        private final long start = System.nanoTime();
        private final int finished;
        private final int steps;
        private long tokens;

        Pace(int finished, int steps) {
            this.finished = finished;
            this.steps = steps;
        }

        TrainingProgress progress(int step, StepResult result) {
            tokens += result.tokens();
            double seconds = (System.nanoTime() - start) / 1e9;
            double remaining = seconds / (step - finished) * (steps - step);
            return new TrainingProgress(
                    step,
                    steps,
                    result.loss(),
                    result.learningRate(),
                    result.gradientNorm(),
                    tokens / seconds,
                    Duration.ofMillis((long) (remaining * 1000)),
                    PeakMemory.bytes());
        }
    }
}
