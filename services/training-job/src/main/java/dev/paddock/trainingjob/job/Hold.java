package dev.paddock.trainingjob.job;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;

/** Who held a job last, with which token and until when. */
@Embeddable
public record Hold(
        String workerId,
        long fencingToken,
        @Column(name = "lease_expires_at") Instant expiresAt) {
    Hold until(Instant later) {
        return new Hold(workerId, fencingToken, later);
    }
}
