package dev.paddock.gateway.openai;

import dev.paddock.contracts.inference.ActingAdapter;
import dev.paddock.contracts.inference.CompletionChunk;
import dev.paddock.contracts.inference.TokenUsage;
import dev.paddock.gateway.answer.Answer;
import dev.paddock.gateway.answer.AnswerHead;
import dev.paddock.gateway.answer.Question;
import dev.paddock.gateway.answer.QuestionKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How answers of one kind look on the wire, whole and in pieces. */
sealed interface AnswerShape permits ChatShape, TextShape {
    static AnswerShape of(Question question) {
        return question.kind() == QuestionKind.CHAT ? new ChatShape() : new TextShape(question);
    }

    String object(boolean streamed);

    Wire.Envelope whole(Answer answer);

    /** What a choice's stream begins with; null where it begins with its first piece. */
    @Nullable Object opening(int index);

    /**
     * A piece of a choice.
     *
     * @param calls tool calls of the choice before this piece
     */
    Object piece(int index, CompletionChunk chunk, int calls);

    Object refusal(int index, String refusal);

    /** The end of a choice; {@code adapters} are those among which gates chose, if any. */
    Object finish(int index, String reason, List<ActingAdapter> adapters);

    default Wire.Envelope envelope(AnswerHead head, boolean streamed, List<?> choices, @Nullable TokenUsage usage) {
        return new Wire.Envelope(
                head.id(),
                object(streamed),
                head.created().getEpochSecond(),
                head.model().model(),
                choices,
                usage == null ? null : Wire.Usage.of(usage));
    }
}
