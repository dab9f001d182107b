package dev.paddock.contracts.inference;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a streamed completion (server-sent event data, before [DONE]); the last one has finishReason and usage. */
public record CompletionChunk(
        int prompt,
        int index,
        String text,
        @Nullable List<TokenLogprob> logprobs,
        @Nullable String finishReason,
        @Nullable TokenUsage usage) {}
