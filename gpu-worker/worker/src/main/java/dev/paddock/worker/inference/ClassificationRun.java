package dev.paddock.worker.inference;

import dev.paddock.contracts.inference.Classification;
import dev.paddock.contracts.inference.ClassificationResponse;
import dev.paddock.contracts.inference.ClassifiedSpan;
import dev.paddock.contracts.inference.TokenUsage;
import dev.paddock.kit.connection.CallerConnection;
import dev.paddock.llama.classification.ClassificationHead;
import dev.paddock.llama.classification.Classifier;
import dev.paddock.llama.classification.LabelKind;
import dev.paddock.llama.classification.LabelScheme;
import dev.paddock.llama.classification.LabelledSpan;
import dev.paddock.llama.classification.MessageTokens;
import dev.paddock.worker.models.ModelLease;
import java.util.Arrays;
import java.util.List;

/** A request's documents and what the classifier says of them. */
final class ClassificationRun {
    private final LabelScheme scheme;
    private final Classifier classifier;
    private final List<MessageTokens> documents;
    private final DocumentPasses passes;

    ClassificationRun(ModelLease lease, ClassificationHead head, List<MessageTokens> documents, DocumentPasses passes) {
        this.scheme = head.scheme();
        this.classifier = new Classifier(
                scheme, head.head(), lease.adapter(), lease.base().generator()::project);
        this.documents = documents;
        this.passes = passes;
    }

    TokenUsage usage() {
        return new TokenUsage(
                documents.stream().mapToInt(document -> document.ids().length).sum(), 0);
    }

    /** As {@link DocumentPasses#read} says. */
    ClassificationResponse response(CallerConnection caller) {
        List<Classification> classifications =
                passes.read(documents, document -> document.ids().length, caller, this::pass);
        return new ClassificationResponse(scheme.kind().id(), scheme.names(), classifications, usage());
    }

    private List<Classification> pass(List<MessageTokens> batch) {
        return scheme.kind() == LabelKind.TOKEN
                ? classifier.spans(batch).stream().map(ClassificationRun::spans).toList()
                : classifier.sequences(batch.stream().map(MessageTokens::ids).toList()).stream()
                        .map(this::label)
                        .toList();
    }

    private Classification label(double[] probabilities) {
        return new Classification(
                classifier.label(probabilities),
                Arrays.stream(probabilities).boxed().toList(),
                null);
    }

    private static Classification spans(List<LabelledSpan> spans) {
        return new Classification(
                null,
                null,
                spans.stream()
                        .map(span -> new ClassifiedSpan(span.start(), span.end(), span.label(), span.score()))
                        .toList());
    }
}
