package dev.paddock.contracts.inference;

import org.jspecify.annotations.Nullable;

/**
 * Answers are searched for and not drawn: of {@code bestOf} beams the {@code n} best are answered, best first.
 *
 * @param bestOf beams, 1 to 16 and no fewer than {@code n}; null for as many as {@code n}
 * @param lengthPenalty power of an answer's number of tokens by which its log-probability is divided, -10 to 10; null is 1
 * @param earlyStopping as transformers has it, as a text: {@code true} ends with as many complete answers as there are beams,
 *     {@code false} where the beams then are no better, {@code never} where they cannot become better; null is {@code false}
 */
public record BeamSearch(
        @Nullable Integer bestOf,
        @Nullable Double lengthPenalty,
        @Nullable String earlyStopping) {}
