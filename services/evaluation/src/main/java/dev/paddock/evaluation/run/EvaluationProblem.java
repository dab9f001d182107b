package dev.paddock.evaluation.run;

import dev.paddock.kit.problem.ProblemCategory;
import dev.paddock.kit.problem.ProblemCode;

/** What can go wrong here and nowhere else. */
public enum EvaluationProblem implements ProblemCode {
    UNKNOWN_SUITE("Unknown suite", ProblemCategory.CALLER),
    NOT_A_CANDIDATE("Only what a job made is evaluated against a base", ProblemCategory.CALLER),
    DATASET_UNREADABLE("An artifact cannot be read", ProblemCategory.INTERNAL);

    private final String title;
    private final ProblemCategory category;

    EvaluationProblem(String title, ProblemCategory category) {
        this.title = title;
        this.category = category;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public ProblemCategory category() {
        return category;
    }
}
