package dev.paddock.llama.tiny;

import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.config.RopeScaling;
import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.training.Adaptation;
import dev.paddock.llama.training.InitialWeights;
import dev.paddock.llama.training.LearningRate;
import dev.paddock.llama.training.TrainingExample;
import dev.paddock.llama.training.TrainingListener;
import dev.paddock.llama.training.TrainingProgress;
import dev.paddock.llama.training.TrainingRun;
import dev.paddock.llama.training.TrainingRun.CheckpointPolicy;
import dev.paddock.llama.training.TrainingSettings;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.SafetensorsWriter;
import dev.paddock.llama.weights.TensorType;
import dev.paddock.llama.weights.WeightSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Makes the tiny model: writes text, learns a vocabulary, trains a LLaMA
 * from nothing and stores it in bf16. It computes in one thread, so that the same kind of CPU gives the same bytes.
 */
public final class TinyModel {
    static final int CONTEXT = 2048;
    static final int VOCABULARY = 1024;
    static final long SEED = 1;
    static final int DOCUMENTS = 20_000;
    private static final int THREADS = 1;

    private TinyModel() {}

    /** Writes the model into a folder, which is made where there is none; every 20 steps {@code told} gets a line. */
    public static void make(Path folder, Consumer<String> told) throws IOException {
        make(folder, DOCUMENTS, progress -> {
            if (progress.step() % 20 == 0 || progress.step() == progress.steps()) {
                told.accept(String.format(
                        Locale.ROOT,
                        "step %d of %d  loss %.3f  %.0f tokens/s",
                        progress.step(),
                        progress.steps(),
                        progress.loss(),
                        progress.tokensPerSecond()));
            }
        });
    }

    /** Hears of each step. */
    interface Progress {
        void after(TrainingProgress progress);
    }

    static void make(Path folder, int documents, Progress progress) throws IOException {
        Libtorch.setThreads(THREADS);
        Files.createDirectories(folder);
        List<String> texts = Corpus.documents(documents, SEED);
        TinyTokenizer.write(folder, texts, VOCABULARY);
        writeConfig(folder, config());
        List<TrainingExample> examples;
        try (Tokenizer tokenizer = Tokenizers.of(folder)) {
            examples = texts.stream()
                    .map(text -> TrainingExample.text(tokenizer.encode(text)))
                    .toList();
        }
        Path trained = Files.createTempDirectory("tiny").resolve("model");
        CheckpointPolicy none = new CheckpointPolicy(trained, 0, Optional.empty());
        InitialWeights initial = new InitialWeights(config(), SEED);
        new TrainingRun(initial, "", Adaptation.full(), settings(), examples, none)
                .run(trained, listener(progress), () -> false);
        store(trained, folder);
        remove(trained);
    }

    private static TrainingListener listener(Progress progress) {
        return new TrainingListener() {
            @Override
            public void progressed(TrainingProgress now) {
                progress.after(now);
            }
        };
    }

    private static LlamaConfig config() {
        return new LlamaConfig(
                VOCABULARY,
                128,
                256,
                4,
                4,
                2,
                32,
                1e-5,
                10_000,
                new RopeScaling.None(),
                CONTEXT,
                true,
                false,
                false,
                OptionalInt.of(TinyTokenizer.id(Corpus.TURN)),
                List.of(TinyTokenizer.id(Corpus.TURN_END), TinyTokenizer.id(Corpus.END)));
    }

    private static TrainingSettings settings() {
        AdamW optimizer = new AdamW(0.9, 0.95, 1e-8, 0.05);
        return new TrainingSettings(
                4, 8, 256, true, 1, new LearningRate(4e-3, 40, 0.02), optimizer, 1, SEED, ScalarType.FLOAT32);
    }

    /** The trained model with its numbers rounded to bf16. */
    private static void store(Path from, Path to) throws IOException {
        try (WeightSource model = ModelFiles.open(from)) {
            SafetensorsWriter writer = new SafetensorsWriter(Map.of("format", "pt"));
            for (String name : model.names()) {
                writer.floats(name, TensorType.BF16, model.info(name).shape(), buffer -> model.read(name, buffer));
            }
            writer.write(to.resolve("model.safetensors"));
        }
    }

    private static void writeConfig(Path folder, LlamaConfig config) throws IOException {
        Files.writeString(folder.resolve("config.json"), config.toHuggingFace().toPrettyString() + "\n");
    }

    private static void remove(Path trained) throws IOException {
        try (var files = Files.list(trained)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(trained);
        Files.delete(Objects.requireNonNull(trained.getParent()));
    }
}
