package dev.paddock.gateway.answer;

import dev.paddock.contracts.guard.Verdict;

/** A question with the verdict on it: the first unsafe prompt's, else the last one's. */
record JudgedQuestion(Question question, AnswerHead head, Verdict verdict) {
    boolean safe() {
        return verdict.safe();
    }
}
