package dev.paddock.gateway.answer;

import dev.paddock.contracts.inference.ActingAdapter;
import dev.paddock.contracts.inference.TokenLogprob;
import dev.paddock.contracts.inference.ToolCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One choice; a withheld one has a refusal, no text and the finish reason {@code content_filter}; adapters are those among which
 * gates chose, if any.
 */
public record AnswerChoice(
        int index,
        String text,
        @Nullable String refusal,
        String finishReason,
        @Nullable List<TokenLogprob> logprobs,
        List<ToolCall> calls,
        List<ActingAdapter> adapters) {
    public static final String CONTENT_FILTER = "content_filter";

    static AnswerChoice withheld(int index, String refusal) {
        return new AnswerChoice(index, "", refusal, CONTENT_FILTER, null, List.of(), List.of());
    }
}
