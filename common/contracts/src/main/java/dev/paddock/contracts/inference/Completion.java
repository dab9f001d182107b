package dev.paddock.contracts.inference;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One completion; finishReason is stop, length or tool_calls; toolCalls are null where there are none, adapters where no gates chose
 * among any.
 */
public record Completion(
        int prompt,
        int index,
        String text,
        String finishReason,
        @Nullable List<TokenLogprob> logprobs,
        @Nullable List<ToolCall> toolCalls,
        @Nullable List<ActingAdapter> adapters) {
    /** One whose adapters no gates chose. */
    public Completion(
            int prompt,
            int index,
            String text,
            String finishReason,
            @Nullable List<TokenLogprob> logprobs,
            @Nullable List<ToolCall> toolCalls) {
        this(prompt, index, text, finishReason, logprobs, toolCalls, null);
    }

    /** One without tool calls. */
    public Completion(int prompt, int index, String text, String finishReason, @Nullable List<TokenLogprob> logprobs) {
        this(prompt, index, text, finishReason, logprobs, null, null);
    }
}
