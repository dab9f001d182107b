package dev.paddock.trainingjob.job;

import dev.paddock.kit.problem.ProblemCategory;
import dev.paddock.kit.problem.ProblemCode;
import dev.paddock.kit.problem.ProblemException;

/** What can go wrong with a job. */
public enum JobProblem implements ProblemCode {
    FENCED("The lease was lost"),
    FINISHED("The job or sweep has ended");

    private static final int CONFLICT = 409;
    private final String title;

    JobProblem(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public ProblemCategory category() {
        return ProblemCategory.CALLER;
    }

    @Override
    public int status() {
        return CONFLICT;
    }

    /** The problem with what happened and the way out. */
    public ProblemException because(String detail) {
        return new ProblemException(this, detail);
    }
}
