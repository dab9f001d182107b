package dev.paddock.gateway.keys;

import dev.paddock.kit.problem.ProblemCategory;
import dev.paddock.kit.problem.ProblemCode;

/** Errors about keys. */
enum KeyProblem implements ProblemCode {
    KEY_ALREADY_MADE;

    @Override
    public String title() {
        return "A key was made by this Idempotency-Key";
    }

    @Override
    public ProblemCategory category() {
        return ProblemCategory.CALLER;
    }

    @Override
    public int status() {
        return 409;
    }
}
