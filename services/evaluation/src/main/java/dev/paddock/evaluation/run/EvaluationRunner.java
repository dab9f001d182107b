package dev.paddock.evaluation.run;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.Item;
import dev.paddock.contracts.inference.ModelReference;
import dev.paddock.evaluation.inference.Inference;
import dev.paddock.evaluation.inference.WorkerInference;
import dev.paddock.evaluation.run.AnswerStore.Sheet;
import dev.paddock.evaluation.suite.ClassifierLabels;
import dev.paddock.evaluation.suite.Protocol;
import dev.paddock.evaluation.suite.Suite;
import dev.paddock.evaluation.suite.Suite.Subject;
import dev.paddock.evaluation.suite.SuiteItems;
import dev.paddock.kit.artifacts.ArtifactStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Asks both models every question of every suite, keeping each batch of answers, so that a run cut short goes on. */
@Component
class EvaluationRunner {
    private static final int BATCH = 32;

    private final Catalogue<Suite<?>> suites;
    private final ArtifactStore artifacts;
    private final AnswerStore answers;
    private final WorkerInference worker;
    private final Executor calls;

    EvaluationRunner(
            Catalogue<Suite<?>> suites,
            ArtifactStore artifacts,
            AnswerStore answers,
            WorkerInference worker,
            @Qualifier("inferenceCalls") Executor calls) {
        this.suites = suites;
        this.artifacts = artifacts;
        this.answers = answers;
        this.worker = worker;
        this.calls = calls;
    }

    /** Is told how a run goes. */
    interface Progress {
        /** The digests of the contents that are asked. */
        void asks(List<String> contents);

        /** How far the run is; false tells it to end, since another runner has it. */
        boolean at(int done, int total);
    }

    /** Stops a run that another runner has taken over. */
    static final class TakenOverException extends RuntimeException {}

    private record Asked(String suite, Suite<?> definition, SuiteItems items) {}

    /**
     * What a run came to.
     *
     * @param notApplying suites of the catalogue of which the candidate cannot be asked
     */
    record Outcome(List<SuiteRun> runs, Set<String> notApplying) {}

    Outcome run(Evaluation evaluation, Progress progress) {
        Subject subject = new Subject(
                evaluation.tenant(),
                evaluation.datasetDigest(),
                ClassifierLabels.of(artifacts, evaluation.artifactDigest()));
        Set<String> notApplying = suites.items().stream()
                .filter(suite -> !suite.implementation().appliesTo(subject))
                .map(Item::id)
                .collect(Collectors.toSet());
        List<Asked> asked = evaluation.suites().stream()
                .filter(id -> !notApplying.contains(id))
                .map(id -> ask(subject, suites.get(id)))
                .toList();
        return new Outcome(run(evaluation, asked, progress), notApplying);
    }

    private List<SuiteRun> run(Evaluation evaluation, List<Asked> asked, Progress progress) {
        progress.asks(asked.stream().map(suite -> suite.items().digest()).toList());
        int total = 2
                * asked.stream().mapToInt(suite -> suite.items().items().size()).sum();
        Counter counter = new Counter(progress, total);
        Inference inference = worker.of(evaluation.tenant());
        List<SuiteRun> runs = new ArrayList<>();
        for (Asked suite : asked) {
            ItemScorer scorer = scorer(suite.items().protocol(), inference, evaluation.candidate());
            Map<String, Answer> before = answer(sheet(evaluation, evaluation.base(), suite), scorer, counter);
            Map<String, Answer> after = answer(sheet(evaluation, evaluation.candidate(), suite), scorer, counter);
            runs.add(new SuiteRun(suite.suite(), suite.definition().gate(), suite.items(), before, after));
        }
        return runs;
    }

    private static Sheet sheet(Evaluation evaluation, ModelReference model, Asked suite) {
        return new Sheet(evaluation.tenant(), model, suite.suite(), suite.items());
    }

    private Asked ask(Subject subject, Item<Suite<?>> entry) {
        return new Asked(entry.id(), entry.implementation(), items(entry, entry.implementation(), subject));
    }

    @SuppressWarnings("unchecked")
    private <P extends Record> SuiteItems items(Item<Suite<?>> entry, Suite<?> suite, Subject subject) {
        return ((Suite<P>) suite)
                .items(subject, artifacts, (P) entry.parameters().defaults());
    }

    private Map<String, Answer> answer(Sheet sheet, ItemScorer scorer, Counter counter) {
        Map<String, Answer> known = new LinkedHashMap<>(answers.of(sheet));
        List<dev.paddock.evaluation.suite.Item> open = sheet.items().items().stream()
                .filter(item -> !known.containsKey(item.id()))
                .toList();
        counter.add(sheet.items().items().size() - open.size());
        for (int at = 0; at < open.size(); at += BATCH) {
            List<dev.paddock.evaluation.suite.Item> batch = open.subList(at, Math.min(open.size(), at + BATCH));
            List<Answer> given = scorer.score(sheet.model(), batch);
            answers.add(sheet, given);
            given.forEach(answer -> known.put(answer.itemId(), answer));
            counter.add(batch.size());
        }
        return known;
    }

    private ItemScorer scorer(Protocol protocol, Inference inference, ModelReference candidate) {
        return switch (protocol) {
            case LOG_LIKELIHOOD -> new LogLikelihoodScorer(inference, new RawContext());
            case CHAT_LOG_LIKELIHOOD -> new LogLikelihoodScorer(inference, new ChatContext(inference));
            case EXACT_MATCH -> new ExactMatchScorer(inference, calls);
            case LABEL ->
                new LabelScorer(
                        inference,
                        candidate,
                        new PromptedLabels(
                                new LogLikelihoodScorer(inference, new ChatContext(inference)),
                                new ExactMatchScorer(inference, calls)));
            case SPANS -> new LabelScorer(inference, candidate, new PromptedSpans(inference, calls));
        };
    }

    private static final class Counter {
        private final Progress progress;
        private final int total;
        private int done;

        Counter(Progress progress, int total) {
            this.progress = progress;
            this.total = total;
        }

        void add(int items) {
            done += items;
            if (!progress.at(done, total)) {
                throw new TakenOverException();
            }
        }
    }
}
