package dev.paddock.worker.models;

import dev.paddock.kit.problem.ProblemException;

/** The adapters that requests use now leave no memory for another one; the same request may do better shortly. */
public final class AdaptersInUseException extends ProblemException {
    AdaptersInUseException(String detail) {
        super(ServingProblem.ADAPTER_MEMORY, detail);
    }
}
