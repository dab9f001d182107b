package dev.paddock.methods.training;

import dev.paddock.llama.export.ModelFolder;
import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.training.ChatExamples;
import dev.paddock.llama.training.LearningRate;
import dev.paddock.llama.training.Lessons;
import dev.paddock.llama.training.PlannedWork;
import dev.paddock.llama.training.TrainingListener;
import dev.paddock.llama.training.TrainingOptions;
import dev.paddock.llama.training.TrainingProgress;
import dev.paddock.llama.training.TrainingRun;
import dev.paddock.llama.training.TrainingSettings;
import dev.paddock.llama.training.Validation;
import dev.paddock.llama.training.estimate.Workload;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import dev.paddock.methods.objective.LessonInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Trains by a course. */
record CourseRun(CourseParams course, Function<LessonInput, LessonPlan> plan) {
    void train(Choice choice, TrainingInput input, TrainingObserver observer) {
        try (WeightSource base = ModelFiles.open(input.base());
                Tokenizer tokenizer = Tokenizers.of(input.base())) {
            train(base, tokenizer, choice, input, observer);
        }
        complete(input);
    }

    /** A whole model brings the tokenizer of the base that it was trained from. */
    private static void complete(TrainingInput input) {
        try {
            if (Files.exists(input.output().resolve("config.json"))) {
                ModelFolder.complete(input.base(), input.output());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@link #train} would compute. */
    RunPlan plan(Choice choice, TrainingInput input) {
        try (WeightSource base = ModelFiles.open(input.base());
                Tokenizer tokenizer = Tokenizers.of(input.base())) {
            int length = Math.min(course.sequenceLength(), base.config().contextLength());
            ChatExamples chats = new ChatExamples(tokenizer, Clock.fixed(input.orderedAt(), ZoneOffset.UTC));
            Lessons lessons = plan.apply(new LessonInput(input.rows(), tokenizer, chats, length, line -> {}))
                    .lessons();
            TrainingOptions options = lessons.options(choice.options().apply(course.options()));
            TrainingSettings settings = settings(length, input.seed(), lessons, options);
            Workload work = Workload.of(base, lessons.adaptation(choice.adaptation()), settings);
            return new RunPlan(work, PlannedWork.of(lessons, settings));
        }
    }

    /** Trains a model that need not be the order's base. */
    void train(WeightSource base, Tokenizer tokenizer, Choice choice, TrainingInput input, TrainingObserver observer) {
        int length = Math.min(course.sequenceLength(), base.config().contextLength());
        Clock ordered = Clock.fixed(input.orderedAt(), ZoneOffset.UTC);
        ChatExamples chats = new ChatExamples(tokenizer, ordered);
        LessonPlan planned = plan.apply(new LessonInput(input.rows(), tokenizer, chats, length, observer::log))
                .withHeldOut(course, input.seed(), observer);
        TrainingOptions options = choice.options().apply(course.options());
        TrainingRun run = new TrainingRun(
                base,
                input.baseDigest(),
                choice.adaptation(),
                settings(length, input.seed(), planned.lessons(), options),
                planned.lessons(),
                new TrainingRun.CheckpointPolicy(
                        input.checkpoints(), course.checkpointEvery(), Optional.ofNullable(input.resumeFrom())),
                planned.validation());
        run.run(input.output(), new Told(observer, planned.validation()), () -> {
            observer.atWork();
            return false;
        });
    }

    private TrainingSettings settings(int length, long seed, Lessons lessons, TrainingOptions options) {
        return new TrainingSettings(
                course.epochs(),
                course.batchSize(),
                length,
                course.packing(),
                course.gradientAccumulation(),
                learningRate(warmup(length, lessons)),
                new AdamW(0.9, 0.999, 1e-8, course.weightDecay()),
                course.maxGradientNorm(),
                seed,
                course.precision().type(),
                options);
    }

    /** Updates with a rising learning rate, by an estimate of all. */
    private int warmup(int length, Lessons lessons) {
        double tokens = lessons.rows().stream()
                .flatMap(List::stream)
                .mapToLong(document -> document.tokens().length)
                .sum();
        double sequences = course.packing() ? tokens / length : lessons.rows().size();
        double batch = (double) course.batchSize() * course.gradientAccumulation();
        return (int) Math.round(course.warmupRatio() * Math.ceil(sequences * course.epochs() / batch));
    }

    private LearningRate learningRate(int warmup) {
        return new LearningRate(
                course.learningRate(), warmup, 0, course.schedule().schedule(), course.decayRatio());
    }

    /** Tells an observer what a run tells its listener. */
    private record Told(TrainingObserver observer, Validation validation) implements TrainingListener {
        @Override
        public void started(int finishedSteps, int steps, long trainedParameters) {
            observer.log((finishedSteps == 0 ? "begins: " : "goes on after step " + finishedSteps + ": ") + steps
                    + " steps, " + trainedParameters + " trained parameters");
        }

        @Override
        public void begunAnew(String reason) {
            observer.log(reason);
        }

        @Override
        public void progressed(TrainingProgress progress) {
            observer.progressed(progress);
        }

        @Override
        public void validated(int step, String set, double loss) {
            observer.metric(step, set + "_loss", loss);
            if (validation.sets().stream().anyMatch(it -> it.name().equals(set) && it.isText())) {
                observer.metric(step, set + "_perplexity", Math.exp(loss));
            }
        }

        @Override
        public void measured(int step, String name, double value) {
            observer.metric(step, name, value);
        }

        @Override
        public void endedEarly(int step, int measurements) {
            observer.log("ends after step " + step + ": the validation loss has not fallen in " + measurements
                    + " measurements");
        }

        @Override
        public void chosen(int step, double loss) {
            observer.metric(step, "best_" + CourseParams.VALIDATION + "_loss", loss);
            observer.log("the result is the state after step " + step + ", with the least validation loss, " + loss);
        }

        @Override
        public void checkpointed(int step, Path folder) {
            observer.checkpointed(step, folder);
        }
    }
}
