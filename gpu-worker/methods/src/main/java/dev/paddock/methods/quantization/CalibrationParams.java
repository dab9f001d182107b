package dev.paddock.methods.quantization;

import dev.paddock.catalogue.Parameter;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** How an order's rows are cut, and what they are for; methods unwrap it among their own parameters. */
public record CalibrationParams(
        @Parameter(value = "512", description = LENGTH) @Min(8) @Max(131072) int sequenceLength,

        @Parameter(value = "128", description = "Most sequences that the method looks at, from the rows' beginning")
        @Min(1) @Max(4096) int calibrationSequences,

        @Parameter(value = "16", description = HELD_OUT) @Min(1) @Max(4096) int evaluationSequences) {
    static final String LENGTH = "Tokens of a sequence; the rows are written one after the other and cut";
    static final String HELD_OUT = "Most sequences that perplexity is measured on, from the rows' end";
    static final String BITS =
            "Bits of a weight; up to 4 in blocks with scale and minimum, from 5 on in blocks of signed codes";
    static final String GROUP = "Weights of a row that share a scale, a multiple of 32; 0 for whole rows";
}
