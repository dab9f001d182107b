package dev.paddock.trainingjob.job;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/** The last good checkpoint: the step it was taken at and its folder in the artifact store. */
@Embeddable
public record Checkpoint(
        @Column(name = "checkpoint_step") int step,
        @Column(name = "checkpoint_digest") String digest) {}
