package dev.paddock.evaluation.run;

import dev.paddock.contracts.inference.ModelReference;
import dev.paddock.evaluation.gate.Verdict;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One evaluation of one version against its base; it decides its own verdict from its gates. */
@Entity
public class Evaluation {
    @Id
    private UUID id;

    @Column
    private String tenant;

    @Column
    private UUID versionId;

    @Column
    private String artifactDigest;

    @Column
    private String baseDigest;

    @Column
    private boolean wholeModel;

    @Column
    private @Nullable String datasetDigest;

    @Convert(converter = JsonColumns.Names.class)
    private List<String> suites;

    @Convert(converter = JsonColumns.Names.class)
    private @Nullable List<String> suiteDigests;

    @Column
    private String requestedBy;

    @Enumerated(EnumType.STRING)
    private EvaluationState state = EvaluationState.QUEUED;

    @Enumerated(EnumType.STRING)
    private @Nullable Verdict verdict;

    @Column
    private @Nullable String error;

    @Convert(converter = JsonColumns.Scores.class)
    private List<Score> scores = List.of();

    @Convert(converter = JsonColumns.Gates.class)
    private List<GateResult> gates = List.of();

    @Column
    private int itemsDone;

    @Column
    private int itemsTotal;

    @Column
    private int attempts;

    @Embedded
    private Retries retries = Retries.NONE;

    @Column
    private @Nullable Instant claimedUntil;

    @Column
    private Instant createdAt;

    @Column
    private @Nullable Instant completedAt;

    @Version
    private long lockVersion;

    @SuppressWarnings("NullAway.Init")
    protected Evaluation() {}

    Evaluation(UUID id, ModelVersion version, List<String> suites, String requestedBy, Instant now) {
        this.id = id;
        this.tenant = version.tenant();
        this.versionId = version.id();
        this.artifactDigest = version.digest();
        this.baseDigest = version.baseDigest();
        this.wholeModel = version.isWholeModel();
        this.datasetDigest = version.datasetDigest();
        this.suites = List.copyOf(suites);
        this.requestedBy = requestedBy;
        this.createdAt = now;
    }

    /** Takes the evaluation up, or takes it over from a runner whose claim has lapsed. */
    void claim(Instant until) {
        state = EvaluationState.RUNNING;
        attempts++;
        claimedUntil = until;
    }

    void markAsking(List<String> contents) {
        suiteDigests = List.copyOf(contents);
    }

    /** Keeps the claim and says how far the run is. */
    void markProgress(int done, int total, Instant until) {
        if (done > itemsDone) {
            retries = retries.gotFurther();
        }
        itemsDone = done;
        itemsTotal = total;
        claimedUntil = until;
    }

    /** Gives the evaluation back, to be taken up again no earlier than {@code notBefore}. */
    void release(Instant notBefore) {
        state = EvaluationState.QUEUED;
        claimedUntil = notBefore;
    }

    /** Gives the evaluation back after an attempt that came to nothing. */
    void retry(Retries since, Instant now) {
        retries = since;
        release(now.plus(since.pause()));
    }

    Retries retries() {
        return retries;
    }

    void markCompleted(List<Score> measured, List<GateResult> judged, Instant now) {
        scores = List.copyOf(measured);
        gates = List.copyOf(judged);
        verdict = Verdict.all(judged.stream().map(GateResult::verdict).toList());
        state = EvaluationState.COMPLETED;
        completedAt = now;
    }

    /** An evaluation that cannot be made proves nothing. */
    void markFailed(String cause, Instant now) {
        error = cause;
        verdict = Verdict.INCONCLUSIVE;
        state = EvaluationState.FAILED;
        completedAt = now;
    }

    public UUID id() {
        return id;
    }

    public String tenant() {
        return tenant;
    }

    public UUID versionId() {
        return versionId;
    }

    public String artifactDigest() {
        return artifactDigest;
    }

    public String baseDigest() {
        return baseDigest;
    }

    /** What the candidate is compared with. */
    ModelReference base() {
        return new ModelReference(baseDigest, null);
    }

    /** What is judged: a model by itself, or its base with the adapter. */
    ModelReference candidate() {
        return wholeModel ? new ModelReference(artifactDigest, null) : new ModelReference(baseDigest, artifactDigest);
    }

    public @Nullable String datasetDigest() {
        return datasetDigest;
    }

    public List<String> suites() {
        return suites;
    }

    /** The contents that are asked; null before it asked for the first time. */
    public @Nullable List<String> suiteDigests() {
        return suiteDigests;
    }

    public String requestedBy() {
        return requestedBy;
    }

    public EvaluationState state() {
        return state;
    }

    public @Nullable Verdict verdict() {
        return verdict;
    }

    public @Nullable String error() {
        return error;
    }

    public List<Score> scores() {
        return scores;
    }

    public List<GateResult> gates() {
        return gates;
    }

    public int itemsDone() {
        return itemsDone;
    }

    public int itemsTotal() {
        return itemsTotal;
    }

    public int attempts() {
        return attempts;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public @Nullable Instant completedAt() {
        return completedAt;
    }

    public long lockVersion() {
        return lockVersion;
    }
}
