package dev.paddock.trainingjob.sweep;

import dev.paddock.trainingjob.job.Failure;
import dev.paddock.trainingjob.job.JobProblem;
import dev.paddock.trainingjob.order.OrderRequest;
import dev.paddock.trainingjob.order.OrderText;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Trials on their way through the gates, until one of them is the winner. */
@Entity
class Sweep {
    @Id
    private UUID id;

    @Version
    private long version;

    private String tenant;

    @Column(name = "training")
    @Convert(converter = OrderText.class)
    private OrderRequest order;

    @Convert(converter = SearchText.class)
    private Search search;

    @Convert(converter = EarlyStopText.class)
    private EarlyStop earlyStop;

    private String requestedBy;

    @Enumerated(EnumType.STRING)
    private SweepState state;

    private int gatesPassed;
    private @Nullable UUID winnerJobId;

    @Embedded
    private @Nullable Failure failure;

    private Instant createdAt;
    private @Nullable Instant finishedAt;

    @OneToMany(cascade = {CascadeType.PERSIST, CascadeType.MERGE})
    @JoinColumn(name = "sweep_id", insertable = false, updatable = false)
    @OrderBy("number")
    private List<Trial> trials = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    protected Sweep() {}

    Sweep(UUID id, String tenant, SweepPlan plan, String requestedBy, Instant now) {
        this.id = id;
        this.tenant = tenant;
        this.order = plan.order();
        this.search = plan.search();
        this.earlyStop = plan.earlyStop();
        this.requestedBy = requestedBy;
        this.state = SweepState.RUNNING;
        this.createdAt = now;
    }

    void add(SweepPlan.Planned planned, UUID job) {
        trials.add(new Trial(new Trial.Key(id, planned.number()), tenant, job, planned.choice()));
    }

    UUID id() {
        return id;
    }

    long version() {
        return version;
    }

    String tenant() {
        return tenant;
    }

    List<Trial> trials() {
        return List.copyOf(trials);
    }

    /** The gate that is not decided yet; null when all are. */
    @Nullable Gate gate() {
        List<Gate> gates = SweepPlan.gates(search, earlyStop);
        return gatesPassed < gates.size() ? gates.get(gatesPassed) : null;
    }

    void passGate() {
        gatesPassed++;
    }

    void markCompleted(Trial winner, Instant now) {
        winner.decide(Verdict.WINNER, null);
        winnerJobId = winner.jobId();
        finish(SweepState.COMPLETED, now);
    }

    void markFailed(Failure why, Instant now) {
        failure = why;
        finish(SweepState.FAILED, now);
    }

    /** Cancels; false when it is cancelled already. */
    boolean cancel(Instant now) {
        if (state == SweepState.CANCELLED) {
            return false;
        }
        if (state != SweepState.RUNNING) {
            throw JobProblem.FINISHED.because("sweep %s is %s and can no longer be cancelled".formatted(id, state));
        }
        finish(SweepState.CANCELLED, now);
        return true;
    }

    private void finish(SweepState end, Instant now) {
        state = end;
        finishedAt = now;
    }

    /** As its readers see it, with its trials where they are given. */
    SweepView view(@Nullable List<TrialView> shown) {
        return new SweepView(
                id,
                String.valueOf(order.name()),
                state,
                order,
                search,
                earlyStop,
                GateView.of(SweepPlan.gates(search, earlyStop)),
                gatesPassed,
                winnerJobId,
                failure,
                requestedBy,
                createdAt,
                finishedAt,
                shown);
    }
}
