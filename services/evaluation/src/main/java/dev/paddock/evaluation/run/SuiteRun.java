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

    List<Score> scores() {
        return List.of(score(Score.BASE, base), score(Score.CANDIDATE, candidate));
    }

    GateResult judge() {
        Interval difference = difference();
        return new GateResult(gate.name(), gate.rule(), gate.judge(difference), gate.explain(difference));
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
            case LOG_LIKELIHOOD -> "acc_norm";
            case EXACT_MATCH -> "exact_match";
        };
    }

    private List<Boolean> right(Map<String, Answer> answers) {
        return items.items().stream()
                .map(Item::id)
                .map(id -> Objects.requireNonNull(answers.get(id), id).right())
                .toList();
    }
}
