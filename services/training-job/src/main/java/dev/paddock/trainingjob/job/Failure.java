package dev.paddock.trainingjob.job;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/** Why the last attempt ended: a stable code and a sentence with the way out. */
@Embeddable
public record Failure(
        @Column(name = "error_code") String code,
        @Column(name = "error_cause") String cause) {}
