package dev.paddock.worker.inference;

import dev.paddock.contracts.inference.ActingAdapter;
import dev.paddock.contracts.inference.Completion;
import dev.paddock.contracts.inference.CompletionChunk;
import dev.paddock.contracts.inference.TokenLogprob;
import dev.paddock.llama.inference.FinishReason;
import dev.paddock.llama.inference.Finished;
import dev.paddock.llama.inference.GeneratedToken;
import dev.paddock.llama.inference.TokenScore;
import dev.paddock.llama.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One answer as it grows, as chunks or as a whole. */
final class AnswerWriter {
    private final CompletionPlan.Slot slot;
    private final TokenTexts texts;
    private final boolean probabilities;
    private final boolean endScored;
    private final @Nullable AnswerTools tools;
    private final List<String> routed;
    private final StringBuilder text = new StringBuilder();
    private final List<TokenLogprob> logprobs = new ArrayList<>();
    private int sentText;
    private int sentLogprobs;
    private String finishReason = "";
    private @Nullable List<ActingAdapter> adapters;

    /**
     * Of an answer that begins.
     *
     * @param endScored whether an end token, which is not in the text, has its place among the log probabilities
     * @param tools what finds the calls in the answer; null where it has no tools
     * @param routed versions of the adapters among which gates choose; none where there are no gates
     */
    AnswerWriter(
            CompletionPlan.Slot slot,
            Tokenizer tokenizer,
            boolean echo,
            boolean endScored,
            @Nullable AnswerTools tools,
            List<String> routed) {
        this.routed = routed;
        this.endScored = endScored;
        this.tools = tools;
        this.slot = slot;
        this.texts = echo ? TokenTexts.of(slot.encoded(), tokenizer) : new TokenTexts(tokenizer);
        this.probabilities = slot.generation().alternatives() >= 0;
        if (echo) {
            text.append(slot.encoded().text());
            if (probabilities) {
                Arrays.stream(slot.encoded().ids())
                        .limit(slot.generation().scoredFrom())
                        .forEach(id -> logprobs.add(texts.unscored(id)));
            }
        }
    }

    void scored(List<TokenScore> scores) {
        scores.forEach(score -> logprobs.add(texts.of(score)));
    }

    void token(GeneratedToken token) {
        text.append(tools == null ? token.text() : tools.append(token.text()));
        TokenScore score = token.score();
        if (score != null && (endScored || !slot.generation().endIds().contains(token.token()))) {
            logprobs.add(texts.of(score));
        }
    }

    void ended(Finished finished) {
        text.append(tools == null ? finished.text() : tools.append(finished.text()) + tools.finish());
        boolean stopped = finished.reason() == FinishReason.STOP;
        boolean called = tools != null && !tools.calls().isEmpty();
        adapters = acting(finished.shares());
        finishReason = stopped ? (called ? "tool_calls" : "stop") : "length";
    }

    /** Why it has ended; empty while it goes on. */
    String finishReason() {
        return finishReason;
    }

    private @Nullable List<ActingAdapter> acting(List<Double> shares) {
        return shares.isEmpty()
                ? null
                : IntStream.range(0, shares.size())
                        .mapToObj(i -> new ActingAdapter(routed.get(i), shares.get(i)))
                        .toList();
    }

    /** What has come since the last chunk; null where nothing has. */
    @Nullable CompletionChunk chunk() {
        boolean news = text.length() > sentText
                || logprobs.size() > sentLogprobs
                || !finishReason.isEmpty()
                || (tools != null && tools.hasNews());
        if (!news) {
            return null;
        }
        CompletionChunk chunk = new CompletionChunk(
                slot.prompt(),
                slot.index(),
                text.substring(sentText),
                probabilities ? List.copyOf(logprobs.subList(sentLogprobs, logprobs.size())) : null,
                finishReason.isEmpty() ? null : finishReason,
                null,
                tools != null && tools.hasNews() ? tools.news() : null,
                adapters);
        sentText = text.length();
        sentLogprobs = logprobs.size();
        return chunk;
    }

    Completion whole() {
        return new Completion(
                slot.prompt(),
                slot.index(),
                text.toString(),
                finishReason,
                probabilities ? List.copyOf(logprobs) : null,
                tools == null || tools.calls().isEmpty() ? null : tools.calls(),
                adapters);
    }
}
