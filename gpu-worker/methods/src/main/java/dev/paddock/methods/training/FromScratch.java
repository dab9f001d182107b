package dev.paddock.methods.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Default;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.training.DocumentExamples;
import dev.paddock.llama.training.InitialWeights;
import dev.paddock.llama.weights.WeightSource;
import dev.paddock.methods.objective.CausalLanguage;
import dev.paddock.methods.objective.LessonInput;
import jakarta.validation.Valid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Pre-trains a small LLaMA on the rows, and learns its tokenizer from them first. Nothing of the order's base is read: it is on
 * record as the model to compare with.
 */
@CatalogueEntry(
        id = "from-scratch",
        family = "pretraining",
        summary = "Pre-trains a small LLaMA of a given shape, with a tokenizer learnt from the rows.",
        paper = "Experience of Training a 1.7B-Parameter LLaMa Model From Scratch (DMaS-LLaMa-Lite)",
        example = """
                {"method":"from-scratch","params":{"hiddenSize":128,"hiddenLayers":4,"vocabularySize":1024,"schedule":"wsd"}}
                """)
public final class FromScratch implements GradientMethod<FromScratch.Params> {
    /** The shape, and the terms of Hugging Face's trainer. */
    public record Params(
            @JsonUnwrapped @Valid ModelShape shape,

            @JsonUnwrapped @Valid HeldOutParams heldOut,

            @Default(of = "learningRate", value = "0.001")
            @Default(of = "epochs", value = "1")
            @Default(of = "batchSize", value = "8")
            @JsonUnwrapped
            @Valid CourseParams course)
            implements WithCourse {}

    @Override
    public String adapter() {
        return "full";
    }

    @Override
    public String objective() {
        return "causal-lm";
    }

    /** Every weight. */
    @Override
    public boolean allowsAdapter(String id) {
        return id.equals(adapter());
    }

    /** Documents alone. */
    @Override
    public boolean allowsObjective(String id, String family) {
        return id.equals(objective());
    }

    @Override
    public LessonPlan plan(Params params, Choice choice, LessonInput input) {
        return new ReplayPlan(params.heldOut(), 0, (CausalLanguage.Params) choice.params(), input).everything();
    }

    /** The tokenizer is learnt again by an attempt that goes on: the same rows give the same one. */
    @Override
    public void train(Params params, Choice choice, TrainingInput input, TrainingObserver observer) {
        Path folder = temporary();
        try {
            LlamaConfig config = FreshTokenizer.write(folder, DocumentExamples.texts(input.rows()), params.shape());
            observer.log("the tokenizer has " + config.vocabularySize() + " tokens");
            try (Tokenizer tokenizer = Tokenizers.of(folder);
                    WeightSource initial = new InitialWeights(config, input.seed())) {
                new CourseRun(params.course(), lessons -> plan(params, choice, lessons))
                        .train(initial, tokenizer, choice, input, observer);
            }
            FreshTokenizer.copy(folder, input.output());
        } finally {
            FreshTokenizer.delete(folder);
        }
    }

    /** Its tokenizer is learnt from the rows that are looked at; the model's vocabulary is the largest allowed. */
    @Override
    public Optional<RunPlan> plan(Params params, Choice choice, TrainingInput input) {
        Path folder = temporary();
        try {
            LlamaConfig least = FreshTokenizer.write(folder, DocumentExamples.texts(input.rows()), params.shape());
            LlamaConfig most = params.shape().config(params.shape().vocabularySize(), least.eosTokenIds());
            try (Tokenizer tokenizer = Tokenizers.of(folder)) {
                return Optional.of(new CourseRun(params.course(), lessons -> plan(params, choice, lessons))
                        .plan(most, 0, tokenizer, choice, input));
            }
        } finally {
            FreshTokenizer.delete(folder);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("paddock-tokenizer");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
