package dev.paddock.registry.version;

import dev.paddock.kit.problem.ProblemException;
import dev.paddock.registry.RegistryProblem;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Puts what jobs made on record. */
@Component
class Candidates {
    private final Versions versions;
    private final VersionRegister register;

    Candidates(Versions versions, VersionRegister register) {
        this.versions = versions;
        this.register = register;
    }

    /** Adds a job's result unless it is there; its base must be a whole model with the digest that the job used. */
    void add(String tenant, NewVersion created) {
        UUID job = Objects.requireNonNull(created.origin().jobId());
        requireBase(tenant, created.origin(), job);
        if (versions.findByTenantAndOriginJobId(tenant, job).isEmpty()) {
            register.register(tenant, created);
        }
    }

    private void requireBase(String tenant, Origin origin, UUID job) {
        ModelVersion base = versions.require(tenant, Objects.requireNonNull(origin.baseVersionId()));
        if (!base.kind().whole() || !base.digest().equals(origin.baseDigest())) {
            throw new ProblemException(
                    RegistryProblem.INCOMPATIBLE_BASE,
                    "job %s names base version %s with digest %s, which is a %s with digest %s"
                            .formatted(job, base.id(), origin.baseDigest(), base.kind(), base.digest()));
        }
    }
}
