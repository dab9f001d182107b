package dev.paddock.trainingjob.job;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which worker started which attempt with which token, and what became of it; kept for good. */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are only queried
@IdClass(Attempt.Key.class)
class Attempt {
    /** An attempt's job and number, from 1. */
    record Key(UUID jobId, int number) implements Serializable {}

    @Id
    @Column(name = "job_id")
    private UUID jobId;

    @Id
    private int number;

    private String tenant;
    private String workerId;
    private long fencingToken;

    @Enumerated(EnumType.STRING)
    private AttemptState state;

    private Instant startedAt;
    private @Nullable Instant endedAt;

    @Embedded
    @AttributeOverride(name = "step", column = @Column(name = "began_from_step"))
    @AttributeOverride(name = "digest", column = @Column(name = "began_from_digest"))
    private @Nullable Checkpoint beganFrom;

    @Embedded
    private @Nullable Checkpoint checkpoint;

    @Embedded
    private @Nullable Failure failure;

    @SuppressWarnings("NullAway.Init")
    protected Attempt() {}

    Attempt(Key key, String tenant, Hold hold, @Nullable Checkpoint beganFrom, Instant startedAt) {
        this.jobId = key.jobId();
        this.number = key.number();
        this.tenant = tenant;
        this.workerId = hold.workerId();
        this.fencingToken = hold.fencingToken();
        this.state = AttemptState.RUNNING;
        this.beganFrom = beganFrom;
        this.startedAt = startedAt;
    }

    void checkpoint(Checkpoint stored) {
        checkpoint = stored;
    }

    /** Ends it, unless it has ended. */
    void end(AttemptState end, @Nullable Failure reason, Instant now) {
        if (state == AttemptState.RUNNING) {
            state = end;
            failure = reason;
            endedAt = now;
        }
    }

    /** A lost one goes on. */
    void goOn() {
        state = AttemptState.RUNNING;
        failure = null;
        endedAt = null;
    }

    AttemptView view() {
        return new AttemptView(number, workerId, state, failure, startedAt, endedAt, beganFrom, checkpoint);
    }
}
