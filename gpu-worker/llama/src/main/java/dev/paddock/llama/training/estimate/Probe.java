package dev.paddock.llama.training.estimate;

import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.training.Adaptation;
import dev.paddock.llama.training.BatchShape;
import dev.paddock.llama.training.LearningRate;
import dev.paddock.llama.training.Lessons;
import dev.paddock.llama.training.OptimizerKind;
import dev.paddock.llama.training.TrainingExample;
import dev.paddock.llama.training.TrainingOptions;
import dev.paddock.llama.training.TrainingSettings;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * A short run of a small model.
 *
 * @param layers blocks
 * @param width of the model
 * @param vocabulary tokens
 * @param rows of a batch
 * @param length tokens of a row
 * @param adaptation what is trained
 * @param optimizer what updates it
 */
record Probe(
        int layers, int width, int vocabulary, int rows, int length, Adaptation adaptation, OptimizerKind optimizer) {
    private static final int STEPS = 4;

    /** Runs in which every kind of work outweighs the others once. */
    static final List<Probe> ALL = List.of(
            new Probe(2, 1024, 4096, 4, 128, lora(8, AdapterForm.LORA)),
            new Probe(2, 1024, 4096, 4, 128, lora(64, AdapterForm.LORA)),
            new Probe(2, 576, 4096, 1, 512, Adaptation.full()),
            new Probe(4, 576, 4096, 4, 128, lora(8, AdapterForm.LORA)),
            new Probe(4, 576, 4096, 8, 128, lora(8, AdapterForm.DORA)),
            new Probe(4, 576, 4096, 4, 128, lora(8, AdapterForm.SERIES)),
            new Probe(4, 576, 4096, 1, 128, Adaptation.full()),
            new Probe(4, 576, 4096, 1, 512, lora(8, AdapterForm.LORA)),
            new Probe(4, 576, 4096, 1, 1024, lora(8, AdapterForm.LORA)),
            new Probe(1, 576, 49152, 2, 128, lora(8, AdapterForm.LORA)),
            new Probe(2, 2048, 2048, 1, 32, lora(8, AdapterForm.LORA)),
            new Probe(8, 576, 2048, 1, 64, lora(8, AdapterForm.LORA)),
            new Probe(4, 576, 2048, 1, 64, lora(8, AdapterForm.LORA).overNf4()),
            new Probe(2, 576, 2048, 1, 32, Adaptation.full(), OptimizerKind.ADAMW_8BIT),
            new Probe(2, 576, 2048, 1, 32, Adaptation.full(), OptimizerKind.PAGED_ADAMW),
            new Probe(2, 576, 2048, 1, 32, Adaptation.full(), OptimizerKind.ADAFACTOR),
            new Probe(8, 256, 2048, 1, 64, lora(8, AdapterForm.LORA)));

    /** With plain AdamW. */
    Probe(int layers, int width, int vocabulary, int rows, int length, Adaptation adaptation) {
        this(layers, width, vocabulary, rows, length, adaptation, OptimizerKind.ADAMW);
    }

    private static Adaptation lora(int rank, AdapterForm form) {
        return Adaptation.lora(LoraSettings.of(rank, rank).withForm(form));
    }

    /** The middle one of its steps' seconds, the first one aside. */
    double seconds(ScalarType type, LongSupplier nanoseconds) {
        try (ProbeModel model = ProbeModel.of(layers, width, vocabulary)) {
            Random random = new Random(1);
            List<TrainingExample> texts = IntStream.range(0, rows * STEPS)
                    .mapToObj(row -> TrainingExample.text(
                            random.ints(length, 0, vocabulary).toArray()))
                    .toList();
            return TimedRun.of(model, adaptation, settings(type), new Lessons.Texts(texts), nanoseconds)
                    .stepSeconds()
                    .stream()
                    .skip(1)
                    .sorted()
                    .skip(STEPS / 2 - 1)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** What a step of it has to do. */
    Amounts amounts(ScalarType type) {
        try (ProbeModel model = ProbeModel.of(layers, width, vocabulary)) {
            WorkModel work = new WorkModel(new Workload(model.config(), adaptation, settings(type), 0));
            return work.batch(BatchShape.full(rows, length, true), false).plus(work.step());
        }
    }

    private TrainingSettings settings(ScalarType type) {
        return new TrainingSettings(
                1,
                rows,
                length,
                true,
                1,
                new LearningRate(1e-4, 0, 0),
                AdamW.DEFAULT,
                1,
                1,
                type,
                TrainingOptions.NONE.withOptimizer(optimizer));
    }
}
