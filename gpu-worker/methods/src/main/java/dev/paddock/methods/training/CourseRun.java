package dev.paddock.methods.training;

import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.training.AdamW;
import dev.paddock.llama.training.Adaptation;
import dev.paddock.llama.training.ChatExamples;
import dev.paddock.llama.training.LearningRate;
import dev.paddock.llama.training.Lessons;
import dev.paddock.llama.training.TrainingExample;
import dev.paddock.llama.training.TrainingListener;
import dev.paddock.llama.training.TrainingProgress;
import dev.paddock.llama.training.TrainingRun;
import dev.paddock.llama.training.TrainingSettings;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import dev.paddock.methods.objective.LessonInput;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;

/** Trains by a course. */
record CourseRun(Course course, Function<LessonInput, LessonPlan> plan) {
    void train(Adaptation adaptation, TrainingInput input, TrainingObserver observer) {
        try (WeightSource base = ModelFiles.open(input.base());
                Tokenizer tokenizer = Tokenizers.of(input.base())) {
            train(base, tokenizer, adaptation, input, observer);
        }
    }

    /** Trains a model that need not be the order's base. */
    void train(
            WeightSource base,
            Tokenizer tokenizer,
            Adaptation adaptation,
            TrainingInput input,
            TrainingObserver observer) {
        int length = Math.min(course.sequenceLength(), base.config().contextLength());
        Clock ordered = Clock.fixed(input.orderedAt(), ZoneOffset.UTC);
        ChatExamples chats = new ChatExamples(tokenizer, ordered);
        LessonPlan planned = plan.apply(new LessonInput(input.rows(), tokenizer, chats, length, observer::log));
        TrainingRun run = new TrainingRun(
                base,
                input.baseDigest(),
                adaptation,
                settings(length, input.seed(), planned.lessons()),
                planned.lessons(),
                new TrainingRun.CheckpointPolicy(
                        input.checkpoints(),
                        course.params().checkpointEvery(),
                        Optional.ofNullable(input.resumeFrom())),
                planned.validation());
        run.run(input.output(), new Told(observer), () -> {
            observer.atWork();
            return false;
        });
    }

    private TrainingSettings settings(int length, long seed, Lessons lessons) {
        long tokens = lessons.rows().stream()
                .flatMap(row -> row.stream().map(TrainingExample::tokens))
                .mapToLong(row -> row.length)
                .sum();
        double batch = (double) course.batchSize() * length * course.params().gradientAccumulation();
        int warmup =
                (int) Math.round(course.params().warmupRatio() * Math.ceil(tokens * (double) course.epochs() / batch));
        return new TrainingSettings(
                course.epochs(),
                course.batchSize(),
                length,
                true,
                course.params().gradientAccumulation(),
                learningRate(warmup),
                new AdamW(0.9, 0.999, 1e-8, course.params().weightDecay()),
                course.params().maxGradientNorm(),
                seed,
                course.params().precision().type());
    }

    private LearningRate learningRate(int warmup) {
        CourseParams params = course.params();
        return new LearningRate(
                course.learningRate(), warmup, 0, params.schedule().schedule(), params.decayRatio());
    }

    /** Tells an observer what a run tells its listener. */
    private record Told(TrainingObserver observer) implements TrainingListener {
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
            observer.metric(step, set + "_perplexity", Math.exp(loss));
        }

        @Override
        public void checkpointed(int step, Path folder) {
            observer.checkpointed(step, folder);
        }
    }
}
