package dev.paddock.methods.training;

import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.training.TrainingProgress;
import dev.paddock.methods.training.Runs.Attempt;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/** A program that trains and writes every step's number; takes folder, method, adapter and objective. */
public final class KilledRun {
    private KilledRun() {}

    public static void main(String[] arguments) {
        Libtorch.setThreads(1);
        Runs runs = new Runs(Path.of(arguments[0]), arguments[1], arguments[2], arguments[3]);
        runs.train(params(arguments[2]), "killed", new Told(), null);
    }

    static ObjectNode params(String adapter) {
        ObjectNode params = Runs.json("""
                {"epochs":2,"batchSize":1,"sequenceLength":160,"learningRate":0.001,"checkpointEvery":1,"precision":"fp32"}
                """);
        return adapter.equals("full") || adapter.equals(TrainingMethod.NONE)
                ? params
                : params.put("r", 4).put("dropout", 0.1);
    }

    private static final class Told extends Attempt {
        Told() {
            super(Integer.MAX_VALUE);
        }

        @Override
        public void progressed(TrainingProgress progress) {
            System.out.println("step " + progress.step());
        }
    }
}
