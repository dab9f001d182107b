package dev.paddock.kit.problem;

/** Who must act on an error; decides the HTTP status and whether a consumer tries again. */
public enum ProblemCategory {
    CALLER(400, false),
    INTERNAL(500, true),
    INSUFFICIENT_RESOURCES(507, true),
    UNAVAILABLE(503, true);

    private final int status;
    private final boolean retried;

    ProblemCategory(int status, boolean retried) {
        this.status = status;
        this.retried = retried;
    }

    public int status() {
        return status;
    }

    /** Whether the same work may succeed later without anybody changing it. */
    public boolean retried() {
        return retried;
    }
}
