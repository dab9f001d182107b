package dev.paddock.gateway.answer;

import dev.paddock.contracts.inference.ActingAdapter;
import dev.paddock.contracts.inference.CompletionChunk;
import dev.paddock.contracts.inference.TokenLogprob;
import dev.paddock.contracts.inference.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The pieces of one choice that wait for a verdict, and all its text so far. */
final class Window {
    private final int prompt;
    private final StringBuilder text = new StringBuilder();
    private final List<TokenLogprob> tokens = new ArrayList<>();
    private final List<ToolCall> calls = new ArrayList<>();
    private List<CompletionChunk> held = new ArrayList<>();
    private List<ActingAdapter> adapters = List.of();
    private @Nullable String finishReason;

    Window(int prompt) {
        this.prompt = prompt;
    }

    void hold(CompletionChunk chunk) {
        held.add(chunk);
        text.append(chunk.text());
        tokens.addAll(Objects.requireNonNullElse(chunk.logprobs(), List.of()));
        calls.addAll(Objects.requireNonNullElse(chunk.toolCalls(), List.of()));
        adapters = Objects.requireNonNullElse(chunk.adapters(), adapters);
        finishReason = chunk.finishReason();
    }

    boolean full(int tokens) {
        return held.size() >= tokens;
    }

    /** Hands out what waited, in order. */
    List<CompletionChunk> release() {
        List<CompletionChunk> released = held;
        held = new ArrayList<>();
        return released;
    }

    void withhold() {
        held = new ArrayList<>();
        adapters = List.of();
        finishReason = AnswerChoice.CONTENT_FILTER;
    }

    boolean closed() {
        return finishReason != null;
    }

    boolean withheld() {
        return AnswerChoice.CONTENT_FILTER.equals(finishReason);
    }

    String finishReason() {
        return finishReason == null ? "stop" : finishReason;
    }

    /** Those among which gates chose, once the choice has its end. */
    List<ActingAdapter> adapters() {
        return adapters;
    }

    int prompt() {
        return prompt;
    }

    /** The tokens so far of which log probabilities were asked for. */
    List<TokenLogprob> tokens() {
        return tokens;
    }

    /** The calls so far. */
    List<ToolCall> calls() {
        return calls;
    }

    String text() {
        return text.toString();
    }
}
