package dev.paddock.registry;

import dev.paddock.kit.problem.ProblemCategory;
import dev.paddock.kit.problem.ProblemCode;

/** The kinds of error that only model-registry answers with. */
public enum RegistryProblem implements ProblemCode {
    SELF_APPROVAL(403, "Nobody decides on their own request"),
    APPROVAL_VOID(409, "The approval request is void"),
    NOT_PENDING(409, "The request was decided before"),
    GATE_NOT_PASSED(409, "The version has not passed its evaluation"),
    ALREADY_PROPOSED(409, "The version waits for approval already"),
    NOT_APPROVED(409, "The version is not approved"),
    NAME_TAKEN(409, "The model name belongs to another model"),
    NOTHING_TO_ROLL_BACK(409, "There is no earlier deployment"),
    NOT_LIVE(409, "The deployment does not serve"),
    UNKNOWN_ARTIFACT(422, "The artifact is not in the store"),
    UNFIT_ARTIFACT(422, "The artifact is not what it is said to be"),
    INCOMPATIBLE_BASE(422, "The adapter was trained on another base");

    private final int status;
    private final String title;

    RegistryProblem(int status, String title) {
        this.status = status;
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
        return status;
    }
}
