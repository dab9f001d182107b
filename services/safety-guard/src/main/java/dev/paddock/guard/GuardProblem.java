package dev.paddock.guard;

import dev.paddock.kit.problem.ProblemCategory;
import dev.paddock.kit.problem.ProblemCode;

/** The kinds of error that only safety-guard answers with; whoever gets one must not let the text pass. */
public enum GuardProblem implements ProblemCode {
    NO_GUARD_MODEL(ProblemCategory.UNAVAILABLE, 503, "There is no guard model"),
    NO_VERDICT(ProblemCategory.UNAVAILABLE, 503, "The guard reached no verdict"),
    TOO_LONG_TO_JUDGE(ProblemCategory.CALLER, 413, "The conversation is too long to be judged");

    private final ProblemCategory category;
    private final int status;
    private final String title;

    GuardProblem(ProblemCategory category, int status, String title) {
        this.category = category;
        this.status = status;
        this.title = title;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public ProblemCategory category() {
        return category;
    }

    @Override
    public int status() {
        return status;
    }
}
