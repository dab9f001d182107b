package dev.paddock.worker.inference;

import dev.paddock.contracts.inference.Classification;
import dev.paddock.contracts.inference.ClassificationResponse;
import dev.paddock.contracts.inference.ClassifiedSpan;
import dev.paddock.contracts.inference.TokenUsage;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.llama.classification.ClassificationHead;
import dev.paddock.llama.classification.Classifier;
import dev.paddock.llama.classification.LabelKind;
import dev.paddock.llama.classification.LabelScheme;
import dev.paddock.llama.classification.LabelledSpan;
import dev.paddock.llama.classification.MessageTokens;
import dev.paddock.worker.models.ModelLease;
import dev.paddock.worker.models.ServingProblem;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A request's documents, read in passes of a bounded number of tokens, between which the model's other work goes on. */
final class ClassificationRun {
    private final LabelScheme scheme;
    private final Classifier classifier;
    private final List<MessageTokens> documents;
    private final int tokensPerPass;
    private final Clock clock;
    private final Instant deadline;

    ClassificationRun(
            ModelLease lease,
            ClassificationHead head,
            List<MessageTokens> documents,
            int tokensPerPass,
            Clock clock,
            Instant deadline) {
        this.scheme = head.scheme();
        this.classifier = new Classifier(
                scheme, head.head(), lease.adapter(), lease.base().generator()::project);
        this.documents = documents;
        this.tokensPerPass = tokensPerPass;
        this.clock = clock;
        this.deadline = deadline;
    }

    TokenUsage usage() {
        return new TokenUsage(
                documents.stream().mapToInt(document -> document.ids().length).sum(), 0);
    }

    /** @throws ProblemException where the request has taken too long */
    ClassificationResponse response() {
        List<Classification> classifications = new ArrayList<>();
        while (classifications.size() < documents.size()) {
            if (clock.instant().isAfter(deadline)) {
                throw new ProblemException(
                        ServingProblem.REQUEST_TIMEOUT,
                        "%d of %d inputs were classified in time; send fewer or try later"
                                .formatted(classifications.size(), documents.size()));
            }
            classifications.addAll(pass(next(classifications.size())));
        }
        return new ClassificationResponse(scheme.kind().id(), scheme.names(), classifications, usage());
    }

    /** As many documents as fit a pass, one at least. */
    private List<MessageTokens> next(int first) {
        int last = first;
        int tokens = 0;
        while (last < documents.size()
                && (last == first || tokens + documents.get(last).ids().length <= tokensPerPass)) {
            tokens += documents.get(last++).ids().length;
        }
        return documents.subList(first, last);
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
