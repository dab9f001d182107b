package dev.paddock.trainingjob.estimate;

import dev.paddock.kit.problem.ProblemCategory;
import dev.paddock.kit.problem.ProblemCode;

/** Why there is no estimate, or why an order is refused by its. */
enum EstimateProblem implements ProblemCode {
    DOES_NOT_FIT(422, ProblemCategory.CALLER, "The order needs more memory than the training worker has"),
    NO_ESTIMATE(503, ProblemCategory.UNAVAILABLE, "No training worker estimates the order now");

    private final int status;
    private final ProblemCategory category;
    private final String title;

    EstimateProblem(int status, ProblemCategory category, String title) {
        this.status = status;
        this.category = category;
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
