package dev.paddock.methods.training;

import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.training.TrainingProgress;
import dev.paddock.methods.training.Runs.Attempt;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/** A program that trains and writes every step's number; takes folder, method, adapter, objective and parameters beside the usual ones. */
public final class KilledRun {
    private KilledRun() {}

    public static void main(String[] arguments) {
        Libtorch.setThreads(1);
        Runs runs = new Runs(Path.of(arguments[0]), arguments[1], arguments[2], arguments[3]);
        runs.train(params(arguments[1], arguments[2], arguments[4]), "killed", new Told(), null);
    }

    static ObjectNode params(String method, String adapter, String more) {
        ObjectNode params = Runs.json("""
                {"epochs":2,"batchSize":1,"sequenceLength":160,"learningRate":0.001,"checkpointEvery":1,"precision":"fp32"}
                """);
        if (method.equals("from-scratch")) {
            params.setAll(Runs.json("""
                    {"hiddenSize":64,"intermediateSize":128,"hiddenLayers":2,"attentionHeads":4,"keyValueHeads":2,"vocabularySize":512}
                    """));
        }
        if (!adapter.equals("full") && !adapter.equals(TrainingMethod.NONE)) {
            params.put("r", 4).put("dropout", 0.1);
        }
        params.setAll(Runs.json(more));
        return params;
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
