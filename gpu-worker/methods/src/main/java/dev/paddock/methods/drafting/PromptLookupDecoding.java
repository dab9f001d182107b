package dev.paddock.methods.drafting;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.inference.draft.PromptLookup;
import dev.paddock.llama.inference.draft.Speculation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;

/** It needs no other model, and pays where answers quote what they were asked about. */
@CatalogueEntry(
        id = "ngram",
        family = "speculative-decoding",
        summary = "Looks the last tokens up in prompt and answer, and guesses that they go on as they did there.",
        paper = "Prompt Lookup Decoding; Fast Inference from Transformers via Speculative Decoding")
public final class PromptLookupDecoding implements DraftingMethod<PromptLookupDecoding.Params> {
    /** The terms of vLLM. */
    public record Params(
            @JsonUnwrapped @Valid DraftingParams drafting,

            @Parameter(value = "4", description = "Most tokens that are looked up together") @Min(1) @Max(64) int promptLookupMax,

            @Parameter(value = "2", description = "Fewest tokens that are looked up together") @Min(1) @Max(64) int promptLookupMin) {
        @AssertTrue(message = "promptLookupMin must not be above promptLookupMax") boolean isOrdered() {
            return promptLookupMin <= promptLookupMax;
        }
    }

    @Override
    public Optional<Speculation> speculation(Params params, DraftingInput input) {
        PromptLookup lookup = new PromptLookup(params.promptLookupMax(), params.promptLookupMin());
        return Optional.of(params.drafting().speculation(lookup));
    }
}
