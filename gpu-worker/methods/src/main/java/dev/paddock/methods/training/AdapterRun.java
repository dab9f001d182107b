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
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Trains an adapter on whatever a method reads off the rows; a schedule of linear warm-up, then cosine decay.
 *
 * @param rowLength tokens of a packed row; less where the base's context is shorter
 * @param batchSize packed rows of a forward pass
 */
record AdapterRun(
        AdapterParams adapter, CourseParams course, double learningRate, int epochs, int batchSize, int rowLength) {
    /** Makes lessons of the input's rows. */
    interface Reading {
        Lessons read(ChatExamples chats, int rowLength);
    }

    void train(TrainingInput input, TrainingObserver observer, Reading reading) {
        try (WeightSource base = ModelFiles.open(input.base());
                Tokenizer tokenizer = Tokenizers.of(input.base())) {
            int length = Math.min(rowLength, base.config().contextLength());
            Clock ordered = Clock.fixed(input.orderedAt(), ZoneOffset.UTC);
            Lessons lessons = reading.read(new ChatExamples(tokenizer, ordered), length);
            TrainingRun run = new TrainingRun(
                    base,
                    input.baseDigest(),
                    Adaptation.lora(adapter.settings()),
                    settings(length, input.seed(), lessons),
                    lessons,
                    new TrainingRun.CheckpointPolicy(
                            input.checkpoints(), course.checkpointEvery(), Optional.ofNullable(input.resumeFrom())));
            run.run(input.output(), new Course(observer), () -> {
                observer.atWork();
                return false;
            });
        }
    }

    private TrainingSettings settings(int length, long seed, Lessons lessons) {
        long tokens = lessons.rows().stream()
                .flatMap(row -> row.stream().map(TrainingExample::tokens))
                .mapToLong(row -> row.length)
                .sum();
        double batch = (double) batchSize * length * course.gradientAccumulation();
        int warmup = (int) Math.round(course.warmupRatio() * Math.ceil(tokens * (double) epochs / batch));
        return new TrainingSettings(
                epochs,
                batchSize,
                length,
                true,
                course.gradientAccumulation(),
                new LearningRate(learningRate, warmup, 0),
                new AdamW(0.9, 0.999, 1e-8, course.weightDecay()),
                course.maxGradientNorm(),
                seed,
                course.precision().type());
    }

    /** Tells an observer what a run tells its listener. */
    private record Course(TrainingObserver observer) implements TrainingListener {
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
