package dev.paddock.llama.training;

import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.tiny.Corpus;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.training.TrainingRun.CheckpointPolicy;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** A program that trains for hours unless it is stopped; takes a folder to write to. */
public final class EndlessTraining {
    private EndlessTraining() {}

    public static void main(String[] arguments) {
        Libtorch.setThreads(1);
        Path output = Path.of(arguments[0]);
        try (WeightSource base = ModelFiles.open(TinyModelFiles.folder());
                Tokenizer tokenizer = Tokenizers.of(TinyModelFiles.folder())) {
            List<TrainingExample> texts = Corpus.documents(60, 1).stream()
                    .map(text -> TrainingExample.text(tokenizer.encode(text)))
                    .toList();
            TrainingSettings settings = new TrainingSettings(
                    2_000, 4, 256, true, 1, new LearningRate(1e-3, 0, 0), AdamW.DEFAULT, 1, 1, ScalarType.BFLOAT16);
            CheckpointPolicy none = new CheckpointPolicy(output, 0, Optional.empty());
            TrainingRun run = new TrainingRun(
                    base, TinyModelFiles.NAME, Adaptation.lora(LoraSettings.of(4, 8)), settings, texts, none);
            train(run, output);
        }
    }

    /** The last line is written while the JVM is still kept. */
    private static void train(TrainingRun run, Path output) {
        try (StopOnExit stop = new StopOnExit()) {
            try {
                run.run(output, new Steps(), stop);
            } catch (CancellationException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private static final class Steps implements TrainingListener {
        @Override
        public void progressed(TrainingProgress progress) {
            System.out.println("step " + progress.step());
        }
    }
}
