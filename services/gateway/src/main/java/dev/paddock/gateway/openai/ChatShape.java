package dev.paddock.gateway.openai;

import dev.paddock.contracts.inference.CompletionChunk;
import dev.paddock.gateway.answer.Answer;

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
                                        "assistant", choice.refusal() == null ? choice.text() : null, choice.refusal()),
                                Logprobs.chat(choice.logprobs()),
                                choice.finishReason()))
                        .toList(),
                answer.usage());
    }

    @Override
    public Object opening(int index) {
        return new Wire.ChunkChoice(index, new Wire.Delta("assistant", "", null), null, null);
    }

    @Override
    public Object piece(int index, CompletionChunk chunk) {
        return new Wire.ChunkChoice(
                index, new Wire.Delta(null, chunk.text(), null), Logprobs.chat(chunk.logprobs()), null);
    }

    @Override
    public Object refusal(int index, String refusal) {
        return new Wire.ChunkChoice(index, new Wire.Delta(null, null, refusal), null, null);
    }

    @Override
    public Object finish(int index, String reason) {
        return new Wire.ChunkChoice(index, Wire.Delta.NOTHING, null, reason);
    }
}
