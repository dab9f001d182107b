package dev.paddock.evaluation.run;

import dev.paddock.evaluation.gate.Gate;
import dev.paddock.evaluation.score.Interval;
import dev.paddock.evaluation.score.PairedDifference;
import dev.paddock.evaluation.suite.Item;
import dev.paddock.evaluation.suite.SuiteItems;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Both models' answers to one suite, and what follows from them. */
record SuiteRun(String suite, Gate gate, SuiteItems items, Map<String, Answer> base, Map<String, Answer> candidate) {

    /** Nothing where there were no items. */
    List<Score> scores() {
        if (isEmpty()) {
            return List.of();
        }
        return List.of(score(Score.BASE, base), score(Score.CANDIDATE, candidate));
    }

    /** What the gate says; a suite without items proves nothing. */
    GateResult judge() {
        if (isEmpty()) {
            return GateResult.unproven(
                    gate,
                    "there was nothing to ask: publish a dataset version with a test share and name it in the order");
        }
        Interval difference = difference();
        return new GateResult(gate.name(), gate.rule(), gate.judge(difference), gate.explain(difference) + tooLong());
    }

    private String tooLong() {
        long count = items.items().stream().filter(item -> !fits(item.id())).count();
        return count == 0
                ? ""
                : "; %d of %d items are longer than the context and count as wrong for both"
                        .formatted(count, items.items().size());
    }

    boolean isEmpty() {
        return items.items().isEmpty();
    }

    Interval difference() {
        return PairedDifference.of(right(base), right(candidate));
    }

    private Score score(String model, Map<String, Answer> answers) {
        int hits = (int) right(answers).stream().filter(r -> r).count();
        Interval share = Interval.ofProportion(hits, items.items().size());
        return new Score(
                suite,
                model,
                metric(),
                share.value(),
                share.low(),
                share.high(),
                items.items().size());
    }

    String metric() {
        return switch (items.protocol()) {
            case LOG_LIKELIHOOD, CHAT_LOG_LIKELIHOOD -> "acc_norm";
            case EXACT_MATCH -> "exact_match";
        };
    }

    private List<Boolean> right(Map<String, Answer> answers) {
        return items.items().stream()
                .map(Item::id)
                .map(id -> fits(id) && answer(answers, id).right())
                .toList();
    }

    /** Whether both models could be asked. */
    private boolean fits(String id) {
        return !answer(base, id).tooLong() && !answer(candidate, id).tooLong();
    }

    private static Answer answer(Map<String, Answer> answers, String id) {
        return Objects.requireNonNull(answers.get(id), id);
    }
}
