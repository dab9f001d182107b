package dev.paddock.gateway.answer;

import dev.paddock.contracts.guard.Verdict;
import dev.paddock.contracts.inference.TokenUsage;

/** A question with the verdict on it: the first unsafe prompt's, else the last one's. */
record JudgedQuestion(Question question, AnswerHead head, Verdict verdict, int promptTokens) {
    boolean safe() {
        return verdict.safe();
    }

    /** The usage of an answer of so many tokens of which the worker told none. */
    TokenUsage usage(int completionTokens) {
        return new TokenUsage(promptTokens, completionTokens);
    }
}
