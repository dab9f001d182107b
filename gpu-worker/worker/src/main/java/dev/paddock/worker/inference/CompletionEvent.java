package dev.paddock.worker.inference;

import dev.paddock.llama.inference.Finished;
import dev.paddock.llama.inference.GeneratedToken;
import dev.paddock.llama.inference.TokenScore;
import java.util.List;

/** What happens to one of a request's answers. */
sealed interface CompletionEvent {
    CompletionPlan.Slot slot();

    /** Part of its prompt has its probabilities. */
    record Scored(CompletionPlan.Slot slot, List<TokenScore> scores) implements CompletionEvent {}

    /** It has another token. */
    record Token(CompletionPlan.Slot slot, GeneratedToken token) implements CompletionEvent {}

    /** It has ended. */
    record Ended(CompletionPlan.Slot slot, Finished finished) implements CompletionEvent {}

    /** It has failed. */
    record Failed(CompletionPlan.Slot slot, RuntimeException failure) implements CompletionEvent {}
}
