package dev.paddock.trainingjob.lease;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;

/** Which worker started which attempt, with which token; kept for good. */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are only queried
@IdClass(Attempt.Key.class)
public class Attempt {
    /** An attempt's job and number, from 1. */
    public record Key(UUID jobId, int number) implements Serializable {}

    @Id
    private UUID jobId;

    @Id
    private int number;

    private String tenant;
    private String workerId;
    private long fencingToken;
    private Instant startedAt;

    @SuppressWarnings("NullAway.Init")
    protected Attempt() {}

    Attempt(UUID jobId, int number, String tenant, String workerId, long fencingToken, Instant startedAt) {
        this.jobId = jobId;
        this.number = number;
        this.tenant = tenant;
        this.workerId = workerId;
        this.fencingToken = fencingToken;
        this.startedAt = startedAt;
    }
}
