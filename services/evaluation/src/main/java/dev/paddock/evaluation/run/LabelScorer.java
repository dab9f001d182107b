package dev.paddock.evaluation.run;

import dev.paddock.contracts.inference.Classification;
import dev.paddock.contracts.inference.ClassificationRequest;
import dev.paddock.contracts.inference.ClassifiedSpan;
import dev.paddock.contracts.inference.ModelReference;
import dev.paddock.evaluation.inference.Inference;
import dev.paddock.evaluation.score.SpanSet;
import dev.paddock.evaluation.score.SpanSet.Span;
import dev.paddock.evaluation.suite.Item;
import dev.paddock.kit.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/** A classifier's labels or spans; a base, which has no head, is asked for them in the chat. */
final class LabelScorer implements ItemScorer {
    private final Inference inference;
    private final ModelReference classifier;
    private final ItemScorer prompted;

    /**
     * Asks a classifier and its base.
     *
     * @param classifier an adapter, or a model that was trained whole
     * @param prompted asks every other model
     */
    LabelScorer(Inference inference, ModelReference classifier, ItemScorer prompted) {
        this.inference = inference;
        this.classifier = classifier;
        this.prompted = prompted;
    }

    /** A batch that is refused because an item is too long is halved until that item is alone. */
    @Override
    public List<Answer> score(ModelReference model, List<Item> items) {
        if (!model.equals(classifier)) {
            return prompted.score(model, items);
        }
        try {
            return classified(model, items);
        } catch (ProblemException e) {
            if (items.size() == 1 || !TooLong.is(e)) {
                return List.of(TooLong.orThrow(e, items.get(0)));
            }
            int half = items.size() / 2;
            List<Answer> answers = new ArrayList<>(score(model, items.subList(0, half)));
            answers.addAll(score(model, items.subList(half, items.size())));
            return answers;
        }
    }

    private List<Answer> classified(ModelReference model, List<Item> items) {
        List<Classification> found = inference
                .classify(new ClassificationRequest(
                        model, items.stream().map(Item::prompt).toList()))
                .classifications();
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            String output = output(found.get(i));
            answers.add(Answer.of(
                    items.get(i).id(), output, output.equals(items.get(i).answer())));
        }
        return answers;
    }

    private static String output(Classification found) {
        List<ClassifiedSpan> spans = found.spans();
        return spans == null
                ? String.valueOf(found.label())
                : new SpanSet(spans.stream()
                                .map(span -> new Span(span.start(), span.end(), span.label()))
                                .toList())
                        .text();
    }
}
