package dev.paddock.registry.deployment;

import static dev.paddock.registry.RegistryProblem.GATE_NOT_PASSED;
import static dev.paddock.registry.RegistryProblem.INCOMPATIBLE_BASE;
import static dev.paddock.registry.RegistryProblem.NAME_TAKEN;
import static dev.paddock.registry.RegistryProblem.NOT_APPROVED;

import dev.paddock.kit.problem.ProblemException;
import dev.paddock.registry.artifact.ArtifactInspector;
import dev.paddock.registry.compatible.CompatibleBases;
import dev.paddock.registry.version.Gate;
import dev.paddock.registry.version.ModelVersion;
import dev.paddock.registry.version.VersionKind;
import dev.paddock.registry.version.Versions;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What may serve under which name and on which base. */
@Component
class DeploymentRules {
    private static final Set<VersionKind> IMPORTS = Set.of(VersionKind.BASE, VersionKind.GUARD);

    private final Versions versions;
    private final CompatibleBases compatibleBases;
    private final ArtifactInspector artifacts;

    DeploymentRules(Versions versions, CompatibleBases compatibleBases, ArtifactInspector artifacts) {
        this.versions = versions;
        this.compatibleBases = compatibleBases;
        this.artifacts = artifacts;
    }

    /** Only what was approved and passes still, or was imported on record; every byte as it was then. */
    void requireDeployable(ModelVersion version) {
        if (!version.mayBeDeployed()) {
            throw new ProblemException(
                    NOT_APPROVED,
                    "version %s is %s: have it evaluated, proposed and approved first"
                            .formatted(version.id(), version.state()));
        }
        if (version.kind().made() && version.gate() != Gate.PASS) {
            throw new ProblemException(
                    GATE_NOT_PASSED,
                    "version %s was approved, but its latest evaluation, %s, says %s: evaluate it again on every suite"
                            .formatted(version.id(), version.evaluationId(), version.gate()));
        }
        artifacts.requireIntact(version.digest());
    }

    /** An import serves under its own name only, and nothing else serves under that name. */
    void requireName(ModelVersion version, String model) {
        boolean imported = IMPORTS.contains(version.kind());
        if (imported && !model.equals(version.name())) {
            throw ProblemException.invalid(
                    "model", model, "a " + version.kind() + " serves under its own name, " + version.name());
        }
        if (!imported && versions.existsByTenantAndNameAndKindIn(version.tenant(), model, IMPORTS)) {
            throw new ProblemException(
                    NAME_TAKEN,
                    "model is " + model + ", which is the name of an imported base or guard: choose another");
        }
    }

    /**
     * The base to serve on: the version's own unless another one is asked for and on record as compatible. One that a job made
     * must be deployable itself, for its weights answer.
     */
    UUID base(ModelVersion version, @Nullable UUID asked) {
        UUID own = version.ownBaseVersionId();
        ModelVersion base = versions.require(version.tenant(), asked == null ? own : asked);
        if (!base.id().equals(own)) {
            requireCompatible(version, base);
        }
        if (base.kind().made() && !base.id().equals(version.id())) {
            requireDeployable(base);
        }
        return base.id();
    }

    private void requireCompatible(ModelVersion version, ModelVersion base) {
        if (version.kind().whole() || !base.kind().whole()) {
            throw ProblemException.invalid(
                    "baseVersionId",
                    base.id(),
                    version.kind().whole()
                            ? "must be left out: a whole model runs on itself"
                            : "must be a BASE or a MODEL");
        }
        String trainedOn = Objects.requireNonNull(version.origin().baseDigest());
        if (!trainedOn.equals(base.digest()) && !compatibleBases.allows(version.tenant(), trainedOn, base.id())) {
            throw new ProblemException(
                    INCOMPATIBLE_BASE,
                    "version %s was trained on base %s and not on %s (%s): register a measured compatible base and have it approved"
                            .formatted(version.id(), trainedOn, base.name(), base.digest()));
        }
    }
}
