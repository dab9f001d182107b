package dev.paddock.methods.training;

import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.config.RopeScaling;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.OptionalInt;

/** The shape of a LLaMA that is made anew, in the terms of a Hugging Face {@code config.json}. */
public record ModelShape(
        @Parameter(value = "256", description = "Width of the residual stream") @Min(16) @Max(16384) int hiddenSize,

        @Parameter(value = "688", description = "Width of the gated feed-forward layers") @Min(16) @Max(65536) int intermediateSize,

        @Parameter(value = "6", description = "Decoder layers") @Min(1) @Max(256) int hiddenLayers,

        @Parameter(value = "4", description = "Query heads of a layer; they divide hiddenSize") @Min(1) @Max(256) int attentionHeads,

        @Parameter(value = "2", description = "Key and value heads of a layer; they divide attentionHeads")
        @Min(1) @Max(256) int keyValueHeads,

        @Parameter(
                value = "4096",
                description =
                        "Most tokens of the vocabulary, 3 special ones and 256 bytes among them; fewer where the rows"
                                + " repeat too little")
        @Min(260) @Max(262144) int vocabularySize,

        @Parameter(value = "1024", description = "Most positions of a sequence") @Min(16) @Max(131072) int contextLength,

        @Parameter(value = "true", description = "Whether the output matrix is the embedding")
        boolean tiedEmbeddings,

        @Parameter(value = "10000", description = "Base of the rotary frequencies")
        @DecimalMin("1") @DecimalMax("100000000") double ropeTheta) {
    private static final double NORM_EPSILON = 1e-5;

    @AssertTrue(message = "hiddenSize must be an even multiple of attentionHeads") boolean isDividedAmongHeads() {
        return attentionHeads < 1 || hiddenSize % (2 * attentionHeads) == 0;
    }

    @AssertTrue(message = "attentionHeads must be a multiple of keyValueHeads") boolean isGrouped() {
        return keyValueHeads < 1 || attentionHeads % keyValueHeads == 0;
    }

    /**
     * The same in the engine's terms.
     *
     * @param vocabulary rows of the embedding
     * @param ends tokens that end a text
     */
    LlamaConfig config(int vocabulary, List<Integer> ends) {
        return new LlamaConfig(
                vocabulary,
                hiddenSize,
                intermediateSize,
                hiddenLayers,
                attentionHeads,
                keyValueHeads,
                hiddenSize / attentionHeads,
                NORM_EPSILON,
                ropeTheta,
                new RopeScaling.None(),
                contextLength,
                tiedEmbeddings,
                false,
                false,
                OptionalInt.empty(),
                ends);
    }
}
