package dev.paddock.evaluation.run;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.UnknownEntryException;
import dev.paddock.contracts.event.EvaluationCompleted;
import dev.paddock.contracts.event.EvaluationStarted;
import dev.paddock.contracts.event.SuiteScore;
import dev.paddock.evaluation.suite.Suite;
import dev.paddock.kit.ids.TimeOrderedIds;
import dev.paddock.kit.outbox.Outbox;
import dev.paddock.kit.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Orders evaluations and takes their results, each step one transaction with its event. */
@Service
public class EvaluationService {
    static final Duration CLAIM = Duration.ofMinutes(2);

    private final Evaluations evaluations;
    private final ModelVersions versions;
    private final Catalogue<Suite<?>> suites;
    private final Outbox outbox;
    private final TimeOrderedIds ids;
    private final Clock clock;

    EvaluationService(
            Evaluations evaluations,
            ModelVersions versions,
            Catalogue<Suite<?>> suites,
            Outbox outbox,
            TimeOrderedIds ids,
            Clock clock) {
        this.evaluations = evaluations;
        this.versions = versions;
        this.suites = suites;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    /** Remembers a version; a new adapter or model is evaluated on every suite. */
    @Transactional
    public void register(ModelVersion version) {
        versions.save(version);
        if (version.isCandidate()
                && !evaluations.existsByTenantAndVersionIdAndArtifactDigest(
                        version.tenant(), version.id(), version.digest())) {
            queue(version, List.copyOf(suites.ids()), "paddock");
        }
    }

    /** Orders an evaluation; without named suites, on every one. */
    @Transactional
    public Evaluation order(String tenant, UUID versionId, @Nullable List<String> named, String requestedBy) {
        ModelVersion version = versions.findByIdAndTenant(versionId, tenant)
                .orElseThrow(() -> ProblemException.notFound("version", versionId));
        if (!version.isCandidate()) {
            throw new ProblemException(
                    EvaluationProblem.NOT_A_CANDIDATE,
                    "version " + versionId
                            + " was not made by a job: order the evaluation of an adapter or model made of it");
        }
        List<String> chosen = named == null || named.isEmpty()
                ? List.copyOf(suites.ids())
                : named.stream().distinct().toList();
        chosen.forEach(this::requireSuite);
        return queue(version, chosen, requestedBy);
    }

    private void requireSuite(String id) {
        try {
            suites.get(id);
        } catch (UnknownEntryException e) {
            throw new ProblemException(
                    EvaluationProblem.UNKNOWN_SUITE, Objects.requireNonNullElse(e.getMessage(), id), e);
        }
    }

    private Evaluation queue(ModelVersion version, List<String> chosen, String requestedBy) {
        return evaluations.save(new Evaluation(ids.next(), version, chosen, requestedBy, clock.instant()));
    }

    /** Claims the oldest evaluation that nobody runs. */
    @Transactional
    public Optional<Evaluation> claim() {
        Instant now = clock.instant();
        return evaluations.nextWaiting(now).map(waiting -> {
            waiting.claim(now.plus(CLAIM));
            if (waiting.attempts() == 1) {
                outbox.publish(waiting.tenant(), new EvaluationStarted(waiting.id(), waiting.versionId()));
            }
            return evaluations.saveAndFlush(waiting);
        });
    }

    /** Keeps a claim; false when another runner has taken the evaluation over. */
    @Transactional
    public boolean progress(Evaluation claimed, int done, int total) {
        return current(claimed)
                .map(current -> {
                    current.markProgress(done, total, clock.instant().plus(CLAIM));
                    return true;
                })
                .orElse(false);
    }

    /** Keeps which contents an evaluation asks. */
    @Transactional
    public void asks(Evaluation claimed, List<String> contents) {
        current(claimed).ifPresent(current -> current.markAsking(contents));
    }

    /** Gives a claim back, since this runner is being stopped. */
    @Transactional
    public void release(Evaluation claimed) {
        current(claimed).ifPresent(current -> current.release(clock.instant()));
    }

    /** Gives a claim back for a while, or ends the evaluation where another attempt will not do better. */
    @Transactional
    public void retry(Evaluation claimed, boolean workerAnswered, String cause) {
        current(claimed).ifPresent(current -> {
            Retries retries = current.retries().failed(workerAnswered);
            if (retries.isExhausted()) {
                fail(claimed, cause);
            } else {
                current.retry(retries, clock.instant());
            }
        });
    }

    @Transactional
    public void complete(Evaluation claimed, EvaluationRunner.Outcome outcome) {
        List<SuiteRun> runs = outcome.runs();
        Set<String> settled = new HashSet<>(outcome.notApplying());
        settled.addAll(names(runs));
        current(claimed).ifPresent(current -> {
            List<Score> scores = new ArrayList<>();
            runs.forEach(run -> scores.addAll(run.scores()));
            current.markCompleted(scores, judge(runs, settled), clock.instant());
            tell(
                    current,
                    runs.stream()
                            .filter(run -> !run.isEmpty())
                            .map(EvaluationService::told)
                            .toList(),
                    settled.containsAll(suites.ids()));
        });
    }

    /** One result for every suite that applies: one that was not asked proves nothing, so nothing passes without it. */
    private List<GateResult> judge(List<SuiteRun> runs, Set<String> settled) {
        List<GateResult> judged =
                new ArrayList<>(runs.stream().map(SuiteRun::judge).toList());
        suites.items().stream()
                .filter(suite -> !settled.contains(suite.id()))
                .map(suite -> GateResult.unproven(
                        suite.implementation().gate(), "was not asked: order an evaluation without naming suites"))
                .forEach(judged::add);
        return judged;
    }

    private static Set<String> names(List<SuiteRun> runs) {
        return runs.stream().map(SuiteRun::suite).collect(Collectors.toSet());
    }

    @Transactional
    public void fail(Evaluation claimed, String cause) {
        current(claimed).ifPresent(current -> {
            current.markFailed(cause, clock.instant());
            tell(current, List.of(), false);
        });
    }

    private void tell(Evaluation ended, List<SuiteScore> scores, boolean allSuites) {
        String verdict = Objects.requireNonNull(ended.verdict()).name();
        outbox.publish(
                ended.tenant(),
                new EvaluationCompleted(
                        ended.id(), ended.versionId(), ended.artifactDigest(), verdict, scores, allSuites));
    }

    private static SuiteScore told(SuiteRun run) {
        Score base = run.scores().get(0);
        Score candidate = run.scores().get(1);
        return new SuiteScore(
                run.suite(),
                run.metric(),
                base.value(),
                candidate.value(),
                candidate.low(),
                candidate.high(),
                candidate.items(),
                run.judge().verdict().name());
    }

    /** The evaluation as it is now, locked, if it is still this attempt's. */
    private Optional<Evaluation> current(Evaluation claimed) {
        return evaluations
                .lock(claimed.id())
                .filter(now -> now.state() == EvaluationState.RUNNING && now.attempts() == claimed.attempts());
    }
}
