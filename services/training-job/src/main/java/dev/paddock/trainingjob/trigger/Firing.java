package dev.paddock.trainingjob.trigger;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a trigger did about one dataset version; there is one at most for each. */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are only queried
public class Firing {
    /** What came of it. */
    public enum Outcome {
        FIRED,
        COOLING_DOWN,
        REFUSED
    }

    @Id
    private UUID id;

    private String tenant;
    private UUID triggerId;
    private UUID datasetVersionId;

    @Enumerated(EnumType.STRING)
    private Outcome outcome;

    private @Nullable UUID jobId;
    private @Nullable String detail;
    private Instant at;

    @SuppressWarnings("NullAway.Init")
    protected Firing() {}

    Firing(UUID id, RetrainingTrigger trigger, UUID datasetVersionId, Decision decision, Instant at) {
        this.id = id;
        this.tenant = trigger.tenant();
        this.triggerId = trigger.id();
        this.datasetVersionId = datasetVersionId;
        this.outcome = decision.outcome();
        this.jobId = decision.jobId();
        this.detail = decision.detail();
        this.at = at;
    }

    /** Why a trigger fired or not. */
    record Decision(
            Outcome outcome, @Nullable UUID jobId, @Nullable String detail) {}

    UUID id() {
        return id;
    }

    View view() {
        return new View(id, triggerId, datasetVersionId, outcome, jobId, detail, at);
    }

    /** A firing as its readers see it. */
    record View(
            UUID id,
            UUID triggerId,
            UUID datasetVersionId,
            Outcome outcome,
            @Nullable UUID jobId,
            @Nullable String detail,
            Instant at) {}
}
