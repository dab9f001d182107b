package dev.paddock.methods.training;

import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.training.AdamW;
import dev.paddock.llama.training.ChatExamples;
import dev.paddock.llama.training.LearningRate;
import dev.paddock.llama.training.Lessons;
import dev.paddock.llama.training.PlannedWork;
import dev.paddock.llama.training.TrainingExample;
import dev.paddock.llama.training.TrainingListener;
import dev.paddock.llama.training.TrainingProgress;
import dev.paddock.llama.training.TrainingRun;
import dev.paddock.llama.training.TrainingSettings;
import dev.paddock.llama.training.estimate.Workload;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import dev.paddock.methods.objective.LessonInput;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;

/** Trains by a course; a schedule of linear warm-up, then cosine decay. */
record CourseRun(Course course) {
    void train(Choice choice, TrainingInput input, TrainingObserver observer) {
        try (WeightSource base = ModelFiles.open(input.base());
                Tokenizer tokenizer = Tokenizers.of(input.base())) {
            int length = Math.min(course.sequenceLength(), base.config().contextLength());
            Clock ordered = Clock.fixed(input.orderedAt(), ZoneOffset.UTC);
            ChatExamples chats = new ChatExamples(tokenizer, ordered);
            Lessons lessons =
                    choice.objective().apply(new LessonInput(input.rows(), tokenizer, chats, length, observer::log));
            TrainingRun run = new TrainingRun(
                    base,
                    input.baseDigest(),
                    choice.adaptation(),
                    settings(length, input.seed(), lessons),
                    lessons,
                    new TrainingRun.CheckpointPolicy(
                            input.checkpoints(),
                            course.params().checkpointEvery(),
                            Optional.ofNullable(input.resumeFrom())));
            run.run(input.output(), new Told(observer), () -> {
                observer.atWork();
                return false;
            });
        }
    }

    /** What {@link #train} would compute. */
    RunPlan plan(Choice choice, TrainingInput input) {
        try (WeightSource base = ModelFiles.open(input.base());
                Tokenizer tokenizer = Tokenizers.of(input.base())) {
            int length = Math.min(course.sequenceLength(), base.config().contextLength());
            ChatExamples chats = new ChatExamples(tokenizer, Clock.fixed(input.orderedAt(), ZoneOffset.UTC));
            Lessons lessons =
                    choice.objective().apply(new LessonInput(input.rows(), tokenizer, chats, length, line -> {}));
            TrainingSettings settings = settings(length, input.seed(), lessons);
            return new RunPlan(Workload.of(base, choice.adaptation(), settings), PlannedWork.of(lessons, settings));
        }
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
                new LearningRate(course.learningRate(), warmup, 0),
                new AdamW(0.9, 0.999, 1e-8, course.params().weightDecay()),
                course.params().maxGradientNorm(),
                seed,
                course.params().precision().type());
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
        public void checkpointed(int step, Path folder) {
            observer.checkpointed(step, folder);
        }
    }
}
