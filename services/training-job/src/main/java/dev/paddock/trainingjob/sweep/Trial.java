package dev.paddock.trainingjob.sweep;

import dev.paddock.trainingjob.job.Failure;
import dev.paddock.trainingjob.job.TrainingJob;
import dev.paddock.trainingjob.json.ObjectText;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One combination of a sweep, its job and what became of it. */
@Entity
@Table(name = "sweep_trial")
@SuppressWarnings("UnusedVariable") // some columns are only queried
@IdClass(Trial.Key.class)
class Trial {
    /** A trial's sweep and number, from 1. */
    record Key(UUID sweepId, int number) implements Serializable {}

    @Id
    @Column(name = "sweep_id")
    private UUID sweepId;

    @Id
    private int number;

    private String tenant;
    private UUID jobId;

    @Convert(converter = ObjectText.class)
    private ObjectNode choice;

    private @Nullable Double loss;
    private @Nullable Integer lossStep;

    @Enumerated(EnumType.STRING)
    private @Nullable LossMetric lossMetric;

    @Enumerated(EnumType.STRING)
    private @Nullable Verdict verdict;

    @Embedded
    private @Nullable Failure reason;

    @SuppressWarnings("NullAway.Init")
    protected Trial() {}

    Trial(Key key, String tenant, UUID jobId, ObjectNode choice) {
        this.sweepId = key.sweepId();
        this.number = key.number();
        this.tenant = tenant;
        this.jobId = jobId;
        this.choice = choice;
    }

    int number() {
        return number;
    }

    UUID jobId() {
        return jobId;
    }

    boolean isDecided() {
        return verdict != null;
    }

    /** Keeps the loss by which it was compared last. */
    void compared(Reading reading, LossMetric metric) {
        double compared = metric.value(reading);
        loss = Double.isFinite(compared) ? compared : null;
        lossStep = reading.step();
        lossMetric = metric;
    }

    void decide(Verdict decided, @Nullable Failure why) {
        verdict = decided;
        reason = why;
    }

    TrialView view(TrainingJob job) {
        Failure why = reason == null ? job.facts().failure() : reason;
        String metric = lossMetric == null ? null : lossMetric.metric();
        return new TrialView(number, jobId, choice, TrialState.of(verdict, job), loss, metric, lossStep, why);
    }
}
