package dev.paddock.worker.guard;

import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.training.Adaptation;
import dev.paddock.llama.training.LearningRate;
import dev.paddock.llama.training.TrainingExample;
import dev.paddock.llama.training.TrainingListener;
import dev.paddock.llama.training.TrainingRun;
import dev.paddock.llama.training.TrainingSettings;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Trains the adapter on the answers of rows: tokens of the prompt, of the answer, and the end of text. */
final class GuardTrainer {
    private final GuardSettings settings;
    private final GuardTaxonomy taxonomy;

    GuardTrainer(GuardSettings settings, GuardTaxonomy taxonomy) {
        this.settings = settings;
        this.taxonomy = taxonomy;
    }

    /**
     * Writes an adapter in PEFT's layout into {@code output}, which must not be there.
     *
     * @throws java.util.concurrent.CancellationException when {@code stopped} said so before a step
     */
    TrainingRun.Outcome train(
            Path base,
            String baseDigest,
            List<GuardRow> rows,
            Path output,
            TrainingListener listener,
            BooleanSupplier stopped) {
        if (settings.threads() > 0) {
            Libtorch.setThreads(settings.threads());
        }
        try (WeightSource weights = ModelFiles.open(base);
                Tokenizer tokenizer = Tokenizers.of(base)) {
            List<TrainingExample> examples =
                    examples(rows, tokenizer, weights.config().contextLength());
            TrainingRun run = new TrainingRun(
                    weights,
                    baseDigest,
                    Adaptation.lora(LoraSettings.of(settings.rank(), settings.alpha())),
                    training(examples),
                    examples,
                    new TrainingRun.CheckpointPolicy(output, 0, Optional.empty()));
            return run.run(output, listener, stopped);
        }
    }

    private TrainingSettings training(List<TrainingExample> examples) {
        int longest = examples.stream()
                .mapToInt(example -> example.tokens().length)
                .max()
                .orElseThrow(() -> new IllegalArgumentException("no row fits the base's context"));
        return new TrainingSettings(
                settings.epochs(),
                settings.batchRows(),
                Math.max(settings.sequenceLength(), longest),
                true,
                1,
                new LearningRate(settings.learningRate(), settings.warmupSteps(), 0),
                new AdamW(0.9, 0.999, 1e-8, 0),
                1,
                settings.seed(),
                Precision.ofThisMachine().type());
    }

    /** Rows that are longer than the context are left out. */
    private List<TrainingExample> examples(List<GuardRow> rows, Tokenizer tokenizer, int context) {
        return rows.stream()
                .map(row -> example(row, tokenizer, context))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<TrainingExample> example(GuardRow row, Tokenizer tokenizer, int context) {
        String asked = row.prompt(taxonomy);
        int[] prompt = prompt(asked, tokenizer);
        IntStream answer = IntStream.concat(
                IntStream.of(answer(asked, row.answer(), tokenizer)),
                tokenizer.eos().stream().mapToInt(Integer::intValue));
        int[] tokens = IntStream.concat(IntStream.of(prompt), answer).toArray();
        return tokens.length > context ? Optional.empty() : Optional.of(TrainingExample.answer(tokens, prompt.length));
    }

    /** The ids that the worker makes of a plain prompt. */
    static int[] prompt(String text, Tokenizer tokenizer) {
        return tokenizer.begun(tokenizer.encodeOrdinary(text));
    }

    /** The answer's ids as they follow the prompt's. */
    static int[] answer(String prompt, String answer, Tokenizer tokenizer) {
        String whole = prompt + answer;
        BitSet plain = new BitSet();
        plain.set(0, whole.length());
        return tokenizer.encodeFrom(whole, plain, prompt.length());
    }
}
