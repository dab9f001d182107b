package dev.paddock.methods.objective;

import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.training.Truncation;

/** What becomes of rows that are too long, for objectives that cannot divide them. */
public record OverlongParams(
        @Parameter(
                value = "truncate",
                description =
                        "Rows longer than sequenceLength: truncate cuts the beginning of the conversation (of a message with"
                                + " spans the end) and leaves a row out whose answers alone are too long, refuse ends the"
                                + " run")
        Truncation overlong) {}
