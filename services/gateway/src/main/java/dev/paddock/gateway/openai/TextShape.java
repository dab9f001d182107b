package dev.paddock.gateway.openai;

import dev.paddock.contracts.inference.ActingAdapter;
import dev.paddock.contracts.inference.CompletionChunk;
import dev.paddock.gateway.answer.Answer;
import dev.paddock.gateway.answer.Question;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code text_completion}; a withheld choice carries its refusal beside the empty text. */
record TextShape(Question question) implements AnswerShape {
    @Override
    public String object(boolean streamed) {
        return "text_completion";
    }

    @Override
    public Wire.Envelope whole(Answer answer) {
        return envelope(
                answer.head(),
                false,
                answer.choices().stream()
                        .map(choice -> new Wire.TextChoice(
                                choice.text(),
                                choice.index(),
                                Logprobs.text(choice.logprobs(), question.textBegins(choice.index())),
                                choice.finishReason(),
                                choice.refusal(),
                                Wire.Extension.of(choice.adapters())))
                        .toList(),
                answer.usage());
    }

    @Override
    public @Nullable Object opening(int index) {
        return null;
    }

    @Override
    public Object piece(int index, CompletionChunk chunk, int calls) {
        return new Wire.TextChoice(
                chunk.text(), index, Logprobs.text(chunk.logprobs(), question.textBegins(index)), null, null, null);
    }

    @Override
    public Object refusal(int index, String refusal) {
        return new Wire.TextChoice("", index, null, null, refusal, null);
    }

    @Override
    public Object finish(int index, String reason, List<ActingAdapter> adapters) {
        return new Wire.TextChoice("", index, null, reason, null, Wire.Extension.of(adapters));
    }
}
