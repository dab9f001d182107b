package dev.paddock.trainingjob.job;

import dev.paddock.contracts.lease.Progress;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One order on its way through the queue. A claim makes the next attempt and hands out a new fencing token; from then on
 * every write with an earlier token is refused. A job whose lease lapsed is its last holder's again at that token's next
 * write, unless it was claimed anew meanwhile.
 */
@Entity
public class TrainingJob {
    /** When a job that was put aside comes back by itself. */
    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    private static final Failure WORKER_LOST = new Failure("worker-lost", "its worker stopped renewing the lease");

    @Id
    private UUID id;

    @Version
    private long version;

    private String tenant;

    @Embedded
    private JobOrder order;

    private String requestedBy;
    private @Nullable UUID triggerId;
    private @Nullable UUID sweepId;

    @Enumerated(EnumType.STRING)
    private JobState state;

    private int attempt;

    @OneToMany(cascade = CascadeType.PERSIST)
    @JoinColumn(name = "job_id", insertable = false, updatable = false)
    @OrderBy("number")
    private List<Attempt> attempts = new ArrayList<>();

    private int maxAttempts;

    /** Attempts that were started since the checkpoint last advanced, without those that were given back. */
    private int attemptsSpent;

    private Instant createdAt;
    private @Nullable Instant finishedAt;

    private Instant claimableFrom;

    @SuppressWarnings("UnusedVariable") // queried
    private boolean announced;

    @Embedded
    private @Nullable Hold hold;

    /** Waits because its lease was not renewed. */
    private boolean lapsed;

    /** Number of the last renewal whose news were taken, from 1 in each attempt. */
    private long lastRenewal;

    @Embedded
    private @Nullable Checkpoint checkpoint;

    @Convert(converter = ProgressText.class)
    private @Nullable Progress progress;

    private @Nullable Instant progressToldAt;

    @Embedded
    private @Nullable Outcome outcome;

    @Embedded
    private @Nullable Failure failure;

    @SuppressWarnings("NullAway.Init")
    protected TrainingJob() {}

    TrainingJob(UUID id, Ownership owner, JobOrder order, int maxAttempts, Instant now) {
        this.id = id;
        this.tenant = owner.tenant();
        this.requestedBy = owner.requestedBy();
        this.triggerId = owner.triggerId();
        this.sweepId = owner.sweepId();
        this.order = order;
        this.state = JobState.QUEUED;
        this.maxAttempts = maxAttempts;
        this.createdAt = now;
        this.claimableFrom = now;
        this.announced = true;
    }

    /** Starts the next attempt; one whose lease lapsed is lost. */
    public void claim(Hold next, Instant now) {
        endAttempt(AttemptState.LOST, WORKER_LOST, now);
        state = JobState.RUNNING;
        attempt++;
        attemptsSpent++;
        lapsed = false;
        lastRenewal = 0;
        hold = next;
        attempts.add(new Attempt(new Attempt.Key(id, attempt), tenant, next, checkpoint, now));
    }

    /** Keeps the lease. */
    public void renew(long fencingToken, Instant until) {
        hold = running(fencingToken).until(until);
    }

    /** Whether a renewal's news are new; those without a number always are. */
    public boolean takeNews(@Nullable Long number) {
        if (number != null && number <= lastRenewal) {
            return false;
        }
        lastRenewal = number == null ? lastRenewal : number;
        return true;
    }

    public void progress(long fencingToken, Progress reached) {
        running(fencingToken);
        progress = reached;
    }

    /** Whether progress should be told to others now, which is at most once per {@code interval}. */
    public boolean tellProgress(Instant now, Duration interval) {
        boolean tooSoon =
                progressToldAt != null && progressToldAt.plus(interval).isAfter(now);
        if (progress == null || tooSoon) {
            return false;
        }
        progressToldAt = now;
        return true;
    }

    /** Remembers where a later attempt can go on; a job that gets further has all its attempts again. */
    public void checkpoint(long fencingToken, Checkpoint stored) {
        running(fencingToken);
        lastAttempt().ifPresent(one -> one.checkpoint(stored));
        if (checkpoint == null || checkpoint.step() < stored.step()) {
            checkpoint = stored;
            attemptsSpent = 0;
        }
    }

    /** Gives the job back to the queue in good order; the attempt does not count. */
    public void release(long fencingToken, Instant now) {
        running(fencingToken);
        endAttempt(AttemptState.RELEASED, null, now);
        attemptsSpent = Math.max(0, attemptsSpent - 1);
        queue(now, true);
    }

    /** Takes a result; also that of the last holder of a job that was put aside meanwhile. */
    public void markCompleted(long fencingToken, Outcome made, Instant now) {
        if (isAside() && lastHeldWith(fencingToken)) {
            queue(now, true);
            lapsed = true;
        }
        running(fencingToken);
        outcome = made;
        failure = null;
        endAttempt(AttemptState.COMPLETED, null, now);
        finish(JobState.COMPLETED, now);
    }

    /** Ends an attempt; the job waits for another one if {@code retryable} and attempts are left. */
    public void markAttemptFailed(long fencingToken, Failure reason, boolean retryable, Instant now, Duration delay) {
        running(fencingToken);
        failure = reason;
        endAttempt(AttemptState.FAILED, reason, now);
        if (retryable && attemptsSpent < maxAttempts) {
            queue(now.plus(delay), false);
        } else {
            finish(JobState.FAILED, now);
        }
    }

    /** Takes the job back from a worker that stopped renewing; false when no attempt is left and the job failed. */
    public boolean takeBack(Instant now) {
        endAttempt(AttemptState.LOST, WORKER_LOST, now);
        if (attemptsSpent >= maxAttempts) {
            giveUp(
                    WORKER_LOST.code(),
                    "attempt %d stopped renewing its lease, the last of %d without a further checkpoint"
                            .formatted(attempt, maxAttempts),
                    now);
            return false;
        }
        queue(now, true);
        lapsed = true;
        return true;
    }

    private void queue(Instant from, boolean told) {
        state = JobState.QUEUED;
        lapsed = false;
        claimableFrom = from;
        announced = told;
    }

    /** Takes an unfinished job out of the queue until it goes on from its last checkpoint; a running attempt does not count. */
    public void putAside(Instant now) {
        if (state.isFinal() || isAside()) {
            return;
        }
        if (state == JobState.RUNNING) {
            endAttempt(AttemptState.RELEASED, null, now);
            attemptsSpent = Math.max(0, attemptsSpent - 1);
        }
        queue(NEVER, true);
    }

    /** Puts a job that was put aside back into the queue. */
    public void goOn(Instant now) {
        if (isAside()) {
            queue(now, false);
        }
    }

    /** Whether the job was put aside. */
    public boolean isAside() {
        return state == JobState.QUEUED && claimableFrom.equals(NEVER);
    }

    /** Says that the queue was told of this job. */
    public void markAnnounced() {
        announced = true;
    }

    /** Cancels; false when it is cancelled already. */
    public boolean cancel(Instant now) {
        if (state == JobState.CANCELLED) {
            return false;
        }
        if (state.isFinal()) {
            throw JobProblem.FINISHED.because("job %s is %s and can no longer be cancelled".formatted(id, state));
        }
        endAttempt(AttemptState.CANCELLED, null, now);
        finish(JobState.CANCELLED, now);
        return true;
    }

    /** Cancels for a reason that is not its owner's; false when it has ended. */
    public boolean stop(Failure reason, Instant now) {
        if (state.isFinal()) {
            return false;
        }
        failure = reason;
        endAttempt(AttemptState.CANCELLED, null, now);
        finish(JobState.CANCELLED, now);
        return true;
    }

    /** Fails for a reason that another attempt cannot mend. */
    public void giveUp(String code, String cause, Instant now) {
        failure = new Failure(code, cause);
        endAttempt(AttemptState.FAILED, failure, now);
        finish(JobState.FAILED, now);
    }

    /** Whether the token belongs to the last attempt, running or not. */
    public boolean lastHeldWith(long fencingToken) {
        return hold != null && hold.fencingToken() == fencingToken;
    }

    /** Whether the job waits and may still be gone on with under this token. */
    public boolean lapsedWith(long fencingToken) {
        return state == JobState.QUEUED && lapsed && lastHeldWith(fencingToken);
    }

    private Hold running(long fencingToken) {
        if (lapsedWith(fencingToken)) {
            state = JobState.RUNNING;
            lapsed = false;
            lastAttempt().ifPresent(Attempt::goOn);
        }
        if (hold == null || state != JobState.RUNNING || hold.fencingToken() != fencingToken) {
            throw JobProblem.FENCED.because(
                    "fencing token %d no longer holds job %s, which is %s at attempt %d: stop and claim anew"
                            .formatted(fencingToken, id, state, attempt));
        }
        return hold;
    }

    private Optional<Attempt> lastAttempt() {
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
    }

    private void endAttempt(AttemptState end, @Nullable Failure reason, Instant now) {
        lastAttempt().ifPresent(one -> one.end(end, reason, now));
    }

    private void finish(JobState end, Instant now) {
        state = end;
        finishedAt = now;
    }

    public JobFacts facts() {
        return new JobFacts(
                id,
                version,
                tenant,
                order,
                requestedBy,
                triggerId,
                sweepId,
                state,
                attempt,
                maxAttempts,
                createdAt,
                finishedAt,
                hold,
                checkpoint,
                progress,
                outcome,
                failure);
    }
}
