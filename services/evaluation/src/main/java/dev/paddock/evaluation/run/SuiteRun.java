package dev.paddock.evaluation.run;

import dev.paddock.evaluation.gate.Gate;
import dev.paddock.evaluation.score.Interval;
import dev.paddock.evaluation.score.PairedDifference;
import dev.paddock.evaluation.suite.Item;
import dev.paddock.evaluation.suite.Protocol;
import dev.paddock.evaluation.suite.SuiteItems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Both models' answers to one suite, and what follows from them; the first two scores are the gate's. */
record SuiteRun(String suite, Gate gate, SuiteItems items, Map<String, Answer> base, Map<String, Answer> candidate) {

    /** Nothing where there were no items. */
    List<Score> scores() {
        if (isEmpty()) {
            return List.of();
        }
        List<Score> scores = new ArrayList<>(List.of(score(Score.BASE, base), score(Score.CANDIDATE, candidate)));
        if (items.protocol() == Protocol.LABEL) {
            scores.add(score(Score.BASE, "macro_f1", figures().macro(outputs(base))));
            scores.add(score(Score.CANDIDATE, "macro_f1", figures().macro(outputs(candidate))));
        }
        return scores;
    }

    /** What the gate says; a suite without items proves nothing. */
    GateResult judge() {
        if (isEmpty()) {
            return GateResult.unproven(
                    gate,
                    "there was nothing to ask: publish a dataset version with a test share and name it in the order");
        }
        Interval difference = difference();
        return new GateResult(
                gate.name(), gate.rule(), gate.judge(difference), gate.explain(difference) + tooLong() + unseen());
    }

    private String tooLong() {
        long count = items.items().stream().filter(item -> !fits(item.id())).count();
        return count == 0
                ? ""
                : "; %d of %d items are longer than the context and count as wrong for both"
                        .formatted(count, items.items().size());
    }

    private String unseen() {
        return switch (items.protocol()) {
            case LABEL, SPANS -> figures().unseen();
            case LOG_LIKELIHOOD, CHAT_LOG_LIKELIHOOD, EXACT_MATCH -> "";
        };
    }

    private LabelFigures figures() {
        return new LabelFigures(items);
    }

    boolean isEmpty() {
        return items.items().isEmpty();
    }

    Interval difference() {
        return items.protocol() == Protocol.SPANS
                ? figures().microDifference(outputs(base), outputs(candidate))
                : PairedDifference.of(right(base), right(candidate));
    }

    private Score score(String model, Map<String, Answer> answers) {
        if (items.protocol() == Protocol.SPANS) {
            return score(model, metric(), figures().micro(outputs(answers)));
        }
        int hits = (int) right(answers).stream().filter(r -> r).count();
        return score(model, metric(), Interval.ofProportion(hits, items.items().size()));
    }

    private Score score(String model, String metric, Interval figure) {
        return new Score(
                suite,
                model,
                metric,
                figure.value(),
                figure.low(),
                figure.high(),
                items.items().size());
    }

    /** What a model said, nothing where not both could be asked. */
    private List<String> outputs(Map<String, Answer> answers) {
        return items.items().stream()
                .map(Item::id)
                .map(id -> fits(id) ? answer(answers, id).output() : "")
                .toList();
    }

    String metric() {
        return switch (items.protocol()) {
            case LOG_LIKELIHOOD, CHAT_LOG_LIKELIHOOD -> "acc_norm";
            case EXACT_MATCH -> "exact_match";
            case LABEL -> "accuracy";
            case SPANS -> "micro_f1";
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
