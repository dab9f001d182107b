package dev.paddock.gateway.answer;

import dev.paddock.contracts.event.AnswerGiven;
import dev.paddock.contracts.guard.Verdict;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What really left, choice by choice, and under which last verdict: the ground of the answer's record. */
final class AnswerTranscript {
    static final String CANCELLED = "cancelled";
    static final String ERROR = "error";

    private final JudgedQuestion question;
    private final Map<Integer, StringBuilder> texts = new TreeMap<>();
    private final Map<Integer, String> reasons = new TreeMap<>();
    private @Nullable Verdict output;

    AnswerTranscript(JudgedQuestion question) {
        this.question = question;
    }

    void judged(Verdict verdict) {
        if (output == null || output.safe()) {
            output = verdict;
        }
    }

    void said(int choice, String text) {
        texts.computeIfAbsent(choice, index -> new StringBuilder()).append(text);
    }

    void finish(int choice, String reason) {
        reasons.put(choice, reason);
    }

    void interrupted(String reason) {
        for (int choice = 0; choice < question.question().choices(); choice++) {
            reasons.putIfAbsent(choice, reason);
        }
    }

    @Nullable UUID outputVerdictId() {
        return output == null ? null : output.id();
    }

    /** The reason of the worst choice, withheld before interrupted before the worker's own; open while no choice has one. */
    String finishReason() {
        if (reasons.isEmpty()) {
            return AnswerGiven.OPEN;
        }
        for (String reason : new String[] {AnswerChoice.CONTENT_FILTER, ERROR, CANCELLED, "length", "tool_calls"}) {
            if (reasons.containsValue(reason)) {
                return reason;
            }
        }
        return "stop";
    }

    /** Why each choice has ended, in their order; one that has not is left out. */
    List<String> finishReasons() {
        return List.copyOf(reasons.values());
    }

    /** The texts of all choices in order; a withheld choice is what left of it before. */
    List<String> texts() {
        return IntStream.range(0, question.question().choices())
                .mapToObj(choice -> String.valueOf(texts.getOrDefault(choice, new StringBuilder())))
                .toList();
    }
}
