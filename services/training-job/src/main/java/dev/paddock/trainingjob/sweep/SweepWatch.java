package dev.paddock.trainingjob.sweep;

import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks after every sweep that runs; one that cannot be looked after now waits for the next time and holds up no other. */
@Component
class SweepWatch {
    private static final Logger LOG = LoggerFactory.getLogger(SweepWatch.class);

    private final Sweeps sweeps;
    private final SweepRound round;

    SweepWatch(Sweeps sweeps, SweepRound round) {
        this.sweeps = sweeps;
        this.round = round;
    }

    @Scheduled(fixedDelayString = "${paddock.training-job.sweep-interval:PT5S}")
    void watch() {
        for (UUID sweep : sweeps.running()) {
            try {
                round.take(sweep);
            } catch (RuntimeException e) {
                LOG.warn("sweep {} waits for the next round", sweep, e);
            }
        }
    }
}
