package dev.paddock.gateway.answer;

import dev.paddock.contracts.inference.ActingAdapter;
import dev.paddock.contracts.inference.CompletionChunk;
import dev.paddock.contracts.inference.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hears a streamed answer piece by piece, each piece after its verdict; index is OpenAI's index of the choice. */
public interface AnswerListener {
    /** The answer begins; only from here on does the caller see a status. */
    void open(AnswerHead head);

    void piece(int index, CompletionChunk chunk);

    /** The rest of a choice is withheld. */
    void refusal(int index, String refusal);

    /** A choice has its end; {@code adapters} are those among which gates chose while it was made, if any. */
    void finished(int index, String finishReason, List<ActingAdapter> adapters);

    void done(TokenUsage usage);

    /** Every choice at once, where no model was asked. */
    default void whole(Answer answer) {
        open(answer.head());
        for (AnswerChoice choice : answer.choices()) {
            @Nullable String refusal = choice.refusal();
            if (refusal != null) {
                refusal(choice.index(), refusal);
            }
            finished(choice.index(), choice.finishReason(), choice.adapters());
        }
        done(answer.usage());
    }
}
