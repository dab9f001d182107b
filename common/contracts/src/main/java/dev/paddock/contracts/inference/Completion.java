package dev.paddock.contracts.inference;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One completion; finishReason is stop or length. */
public record Completion(
        int prompt,
        int index,
        String text,
        String finishReason,
        @Nullable List<TokenLogprob> logprobs) {}
