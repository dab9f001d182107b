package dev.paddock.methods.drafting;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.assistant.DraftModel;
import dev.paddock.llama.inference.draft.Speculation;
import dev.paddock.llama.inference.hybrid.Executors;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Pays where a model of the same vocabulary is several times smaller and often of the same opinion. */
@CatalogueEntry(
        id = "draft-model",
        family = "speculative-decoding",
        summary = "A smaller model of the same vocabulary guesses, token by token.",
        paper = "Fast Inference from Transformers via Speculative Decoding")
public final class SmallerModelDecoding implements DraftingMethod<SmallerModelDecoding.Params> {
    private static final String DIGEST = "sha256:[0-9a-f]{64}";

    /** The terms of vLLM, and which models it is for. */
    public record Params(
            @JsonUnwrapped @Valid DraftingParams drafting,

            @Parameter(value = "null", description = "Digest of the smaller model, which must be named")
            @Nullable @Pattern(regexp = DIGEST) String model,

            @Parameter(
                    value = "[]",
                    description =
                            "Digests of the models whose answers it guesses; none named for all, which then must have its vocabulary")
            @Size(max = 1000) Set<@NotNull @Pattern(regexp = DIGEST) String> bases,

            @Parameter(
                    value = "greedy",
                    description =
                            "How tokens of sampled answers are guessed: greedy, the likeliest, which keeps a seed's answer; probabilistic, drawn, which is right more often")
            DraftSampling draftSampleMethod) {
        public Params {
            bases = Set.copyOf(bases);
        }
    }

    @Override
    public void check(Params params) {
        if (params.model() == null) {
            throw new IllegalArgumentException("model is missing; name the smaller model by its digest");
        }
    }

    @Override
    public Optional<Speculation> speculation(Params params, DraftingInput input) {
        String model = params.model();
        boolean wanted = params.bases().isEmpty() || params.bases().contains(input.base());
        if (model == null || !wanted || model.equals(input.base())) {
            return Optional.empty();
        }
        boolean drawn = params.draftSampleMethod() == DraftSampling.PROBABILISTIC;
        return Optional.of(params.drafting().speculation(drafter(input.folders().apply(model), input, drawn)));
    }

    private static DraftModel drafter(Path folder, DraftingInput input, boolean drawn) {
        try (WeightSource source = ModelFiles.open(folder);
                Tokenizer own = Tokenizers.of(folder)) {
            DraftModel.checkVocabulary(own, input.tokenizer());
            input.makeRoom().accept(Executors.bytes(source, input.options()));
            Executor executor = Executors.of(source, input.options());
            return new DraftModel(executor, own, input.tokenizer(), drawn);
        }
    }
}
