package dev.paddock.llama.training;

import dev.paddock.llama.config.Rules;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.training.TrainingSession.StepResult;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * One training from rows to files. The same base, rows, settings, threads and kind of CPU give the same bytes, also when the
 * run was stopped and went on from a checkpoint.
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
            String fingerprint = Fingerprint.of(base.config(), adaptation, settings, lessons) + Libtorch.version();
            FlatParameters parameters = session.model().parameters();
            int finished = checkpoints
                    .resumeFrom()
                    .map(folder -> resume(folder, fingerprint, parameters, listener))
                    .orElse(0);
            listener.started(finished, session.steps(), parameters.size());
            double loss = steps(session, finished, fingerprint, listener, cancelled);
            Folders.writeWhole(output, folder -> session.write(folder, baseName));
            return new Outcome(loss, session.steps(), parameters.size());
        }
    }

    /** Steps that the checkpoint has behind it; none where it is of another run, which the listener hears. */
    private static int resume(Path folder, String fingerprint, FlatParameters parameters, TrainingListener listener) {
        Optional<String> mismatch = Checkpoint.mismatch(folder, fingerprint);
        mismatch.ifPresent(listener::begunAnew);
        return mismatch.isPresent() ? 0 : Checkpoint.restore(folder, parameters);
    }

    private double steps(
            TrainingSession session,
            int finished,
            String fingerprint,
            TrainingListener listener,
            BooleanSupplier cancelled) {
        Measured measured = new Measured(session, listener, cancelled);
        if (finished == 0) {
            measured.after(0);
        }
        Pace pace = new Pace(finished, session.steps());
        double loss = Double.NaN;
        for (int step = finished + 1; step <= session.steps(); step++) {
            if (cancelled.getAsBoolean()) {
                throw new CancellationException("cancelled before step " + step);
            }
            StepResult result = session.step(step);
            loss = result.loss();
            listener.progressed(pace.progress(step, result));
            measured.after(step);
            int every = checkpoints.everySteps();
            if (every > 0 && step % every == 0 && step < session.steps()) {
                Checkpoint.Head head = Checkpoint.head(step, session.steps(), fingerprint);
                Path folder = Checkpoint.write(
                        checkpoints.folder(), head, session.model().parameters());
                Checkpoint.deleteOlder(folder);
                listener.checkpointed(step, folder);
            }
        }
        return loss;
    }

    /** Measures the validation sets when it is time. */
    private final class Measured {
        private final TrainingSession session;
        private final TrainingListener listener;
        private final Runnable atWork;
        private final Map<String, ValidationLoss> sets = new LinkedHashMap<>();

        Measured(TrainingSession session, TrainingListener listener, BooleanSupplier cancelled) {
            this.session = session;
            this.listener = listener;
            atWork = () -> {
                if (cancelled.getAsBoolean()) {
                    throw new CancellationException("cancelled while a validation set was measured");
                }
            };
            validation.sets().forEach(set -> sets.put(set.name(), new ValidationLoss(set, settings)));
        }

        void after(int step) {
            if (validation.due(step, session.steps())) {
                sets.forEach((name, set) -> listener.validated(step, name, session.measure(set, atWork)));
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
