package dev.paddock.kit.artifacts;

import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.ProblemException;

/** Stored bytes are missing or do not match their digest. */
public final class DamagedArtifactException extends ProblemException {
    public DamagedArtifactException(String detail) {
        super(CommonProblem.DAMAGED_ARTIFACT, detail);
    }
}
