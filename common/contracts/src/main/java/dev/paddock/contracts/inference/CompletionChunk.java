package dev.paddock.contracts.inference;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a streamed completion (server-sent event data, before [DONE]); the last one has finishReason and usage, and adapters
 * where gates chose among some; toolCalls, each whole, are null where none has come.
 */
public record CompletionChunk(
        int prompt,
        int index,
        String text,
        @Nullable List<TokenLogprob> logprobs,
        @Nullable String finishReason,
        @Nullable TokenUsage usage,
        @Nullable List<ToolCall> toolCalls,
        @Nullable List<ActingAdapter> adapters) {
    /** One whose adapters no gates chose. */
    public CompletionChunk(
            int prompt,
            int index,
            String text,
            @Nullable List<TokenLogprob> logprobs,
            @Nullable String finishReason,
            @Nullable TokenUsage usage,
            @Nullable List<ToolCall> toolCalls) {
        this(prompt, index, text, logprobs, finishReason, usage, toolCalls, null);
    }

    /** One without tool calls. */
    public CompletionChunk(
            int prompt,
            int index,
            String text,
            @Nullable List<TokenLogprob> logprobs,
            @Nullable String finishReason,
            @Nullable TokenUsage usage) {
        this(prompt, index, text, logprobs, finishReason, usage, null, null);
    }
}
