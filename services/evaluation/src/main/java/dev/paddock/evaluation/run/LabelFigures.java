package dev.paddock.evaluation.run;

import dev.paddock.evaluation.score.Bootstrap;
import dev.paddock.evaluation.score.Interval;
import dev.paddock.evaluation.score.MacroF1;
import dev.paddock.evaluation.score.SpanF1;
import dev.paddock.evaluation.score.SpanSet;
import dev.paddock.evaluation.score.SpanSet.Span;
import dev.paddock.evaluation.suite.Item;
import dev.paddock.evaluation.suite.Protocol;
import dev.paddock.evaluation.suite.SuiteItems;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Figures of labels and spans; outputs stand in the items' order. */
final class LabelFigures {
    private final SuiteItems items;

    LabelFigures(SuiteItems items) {
        this.items = items;
    }

    Interval macro(List<String> outputs) {
        List<String> right = items.items().stream().map(Item::answer).toList();
        return Bootstrap.of(outputs.size(), new MacroF1(right, outputs, new HashSet<>(known())));
    }

    Interval micro(List<String> outputs) {
        return Bootstrap.of(outputs.size(), spans(outputs));
    }

    /** Candidate − base on the same items. */
    Interval microDifference(List<String> base, List<String> candidate) {
        SpanF1 before = spans(base);
        SpanF1 after = spans(candidate);
        return Bootstrap.of(base.size(), sample -> after.applyAsDouble(sample) - before.applyAsDouble(sample));
    }

    private SpanF1 spans(List<String> outputs) {
        return new SpanF1(
                items.items().stream().map(item -> SpanSet.parse(item.answer())).toList(),
                outputs.stream().map(SpanSet::parse).toList());
    }

    private List<String> known() {
        return items.items().get(0).choices();
    }

    /** Says which items have labels that the classifier does not know; nothing where none has. */
    String unseen() {
        TreeSet<String> names = new TreeSet<>();
        long count = items.items().stream()
                .filter(item -> {
                    List<String> unknown = labels(item)
                            .filter(label -> !item.choices().contains(label))
                            .toList();
                    names.addAll(unknown);
                    return !unknown.isEmpty();
                })
                .count();
        return count == 0
                ? ""
                : "; %d of %d items have labels unseen in training and count as wrong: %s"
                        .formatted(count, items.items().size(), names);
    }

    private Stream<String> labels(Item item) {
        return items.protocol() == Protocol.SPANS
                ? SpanSet.parse(item.answer()).spans().stream().map(Span::label)
                : Stream.of(item.answer());
    }
}
