package dev.paddock.dataset;

import dev.paddock.kit.problem.ProblemCategory;
import dev.paddock.kit.problem.ProblemCode;

/** What only this service can find wrong. */
public enum DatasetProblem implements ProblemCode {
    INVALID_ROWS(422, "Rows have the wrong shape; nothing was stored"),
    UNREADABLE_DOCUMENT(422, "The document cannot be read"),
    UNKNOWN_FORMAT(415, "The file is of no format this service reads"),
    NAME_TAKEN(409, "The name is taken"),
    VERSIONS_PUBLISHED(409, "The dataset has published versions"),
    NO_ROWS(422, "The version would have no rows"),
    DOCUMENT_DELETED(410, "The document was deleted"),
    DATASET_DELETED(410, "The dataset was deleted"),
    VERSION_DELETED(410, "The dataset version was deleted");

    private final int status;
    private final String title;

    DatasetProblem(int status, String title) {
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
