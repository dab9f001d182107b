package dev.paddock.llama.training;

import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.config.RopeScaling;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A program that goes once through a model and back, and prints the bytes by which its peak memory grew. */
public final class PassMemory {
    private PassMemory() {}

    /**
     * Goes through the model.
     *
     * @param arguments tokens of the row, blocks, whether activations are computed again, whether attention is causal
     */
    public static void main(String[] arguments) {
        Libtorch.setThreads(1);
        int length = Integer.parseInt(arguments[0]);
        int blocks = Integer.parseInt(arguments[1]);
        TrainingOptions options = new TrainingOptions(
                0, 0, Boolean.parseBoolean(arguments[2]), 1, 1, false, Boolean.parseBoolean(arguments[3]));
        LlamaConfig config = config(blocks, length);
        try (TensorScope scope = TensorScope.open();
                TrainedModel model = new TrainedModel(
                        scope,
                        TrainingKernels.load(),
                        new RandomModel(config, 1),
                        Adaptation.lora(LoraSettings.of(2, 4)),
                        TrainingSessionTest.settings(1, 1, 1e-3))) {
            TrainingStep step = new TrainingStep(scope, model, options, length);
            step.accumulate(List.of(batch(config, 16)), 1);
            PeakMemory.reset();
            long before = PeakMemory.bytes();
            step.accumulate(List.of(batch(config, length)), 1);
            System.out.println("grew " + (PeakMemory.bytes() - before));
        }
    }

    private static PackedBatch batch(LlamaConfig config, int length) {
        int[] tokens = new Random(2).ints(length, 0, config.vocabularySize()).toArray();
        return PackedBatch.of(List.of(List.of(TrainingExample.answer(tokens, length - 8))));
    }

    private static LlamaConfig config(int blocks, int length) {
        return new LlamaConfig(
                50,
                16,
                32,
                blocks,
                2,
                1,
                8,
                1e-5,
                10_000,
                new RopeScaling.None(),
                length,
                true,
                false,
                false,
                OptionalInt.empty(),
                List.of());
    }

    /** Bytes of a pass in a JVM of its own, whose heap does not grow. */
    static long measured(int length, int blocks, boolean recompute, boolean causal)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xms128m",
                "-Xmx128m",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                PassMemory.class.getName(),
                String.valueOf(length),
                String.valueOf(blocks),
                String.valueOf(recompute),
                String.valueOf(causal));
        Process child = builder.redirectErrorStream(true).start();
        try (var output = child.inputReader()) {
            List<String> lines = output.lines().toList();
            if (!child.waitFor(60, TimeUnit.SECONDS) || child.exitValue() != 0) {
                throw new IllegalStateException(String.join("\n", lines));
            }
            return Long.parseLong(lines.get(lines.size() - 1).replace("grew ", ""));
        } finally {
            child.destroyForcibly();
        }
    }
}
