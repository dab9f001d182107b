package dev.paddock.gateway.openai;

import dev.paddock.contracts.inference.ActingAdapter;
import dev.paddock.contracts.inference.CompletionChunk;
import dev.paddock.gateway.answer.Answer;
import dev.paddock.gateway.answer.AnswerChoice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code chat.completion} and {@code chat.completion.chunk}. */
record ChatShape() implements AnswerShape {
    @Override
    public String object(boolean streamed) {
        return streamed ? "chat.completion.chunk" : "chat.completion";
    }

    @Override
    public Wire.Envelope whole(Answer answer) {
        return envelope(
                answer.head(),
                false,
                answer.choices().stream()
                        .map(choice -> new Wire.ChatChoice(
                                choice.index(),
                                new Wire.Message(
                                        "assistant", content(choice), choice.refusal(), Wire.Call.of(choice.calls())),
                                Logprobs.chat(choice.logprobs()),
                                choice.finishReason(),
                                Wire.Extension.of(choice.adapters())))
                        .toList(),
                answer.usage());
    }

    @Override
    public Object opening(int index) {
        return Wire.ChunkChoice.of(index, new Wire.Delta("assistant", "", null, null), null);
    }

    @Override
    public Object piece(int index, CompletionChunk chunk, int calls) {
        boolean called = chunk.toolCalls() != null && chunk.text().isEmpty();
        return Wire.ChunkChoice.of(
                index,
                new Wire.Delta(null, called ? null : chunk.text(), null, Wire.CallDelta.of(chunk.toolCalls(), calls)),
                Logprobs.chat(chunk.logprobs()));
    }

    /** Null where the answer was withheld, or consists of calls. */
    private static @Nullable String content(AnswerChoice choice) {
        boolean none = choice.refusal() != null
                || (choice.text().isEmpty() && !choice.calls().isEmpty());
        return none ? null : choice.text();
    }

    @Override
    public Object refusal(int index, String refusal) {
        return Wire.ChunkChoice.of(index, new Wire.Delta(null, null, refusal, null), null);
    }

    @Override
    public Object finish(int index, String reason, List<ActingAdapter> adapters) {
        return new Wire.ChunkChoice(index, Wire.Delta.NOTHING, null, reason, Wire.Extension.of(adapters));
    }
}
