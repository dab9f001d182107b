package dev.paddock.methods.drafting;

import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.inference.draft.Drafter;
import dev.paddock.llama.inference.draft.Speculation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** How much is guessed, in vLLM's terms; methods unwrap it among their own parameters. */
public record DraftingParams(
        @Parameter(value = "4", description = "Most tokens that a step guesses for an answer") @Min(1) @Max(64) int numSpeculativeTokens,

        @Parameter(value = "8", description = "Answers of a step from which on nothing is guessed") @Min(1) @Max(4096) int disableByBatchSize) {
    Speculation speculation(Drafter drafter) {
        return new Speculation(drafter, numSpeculativeTokens, disableByBatchSize);
    }
}
