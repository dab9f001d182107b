package dev.paddock.contracts.inference;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a streamed completion (server-sent event data, before [DONE]); the last one has finishReason and usage; toolCalls, each whole, are null where none has come. */
public record CompletionChunk(
        int prompt,
        int index,
        String text,
        @Nullable List<TokenLogprob> logprobs,
        @Nullable String finishReason,
        @Nullable TokenUsage usage,
        @Nullable List<ToolCall> toolCalls) {
    /** One without tool calls. */
    public CompletionChunk(
            int prompt,
            int index,
            String text,
            @Nullable List<TokenLogprob> logprobs,
            @Nullable String finishReason,
            @Nullable TokenUsage usage) {
        this(prompt, index, text, logprobs, finishReason, usage, null);
    }
}
