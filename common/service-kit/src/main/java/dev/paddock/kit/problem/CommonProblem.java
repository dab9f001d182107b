package dev.paddock.kit.problem;

/** The kinds of error any service can answer with. */
public enum CommonProblem implements ProblemCode {
    INVALID_REQUEST(400, "The request breaks a rule"),
    UNREADABLE_BODY(400, "The body cannot be read"),
    UNAUTHENTICATED(401, "A valid access token is needed"),
    FORBIDDEN(403, "The caller's roles do not allow this"),
    NOT_FOUND(404, "There is no such resource"),
    METHOD_NOT_ALLOWED(405, "The resource does not support this method"),
    NOT_ACCEPTABLE(406, "No acceptable representation"),
    CONFLICT(409, "The request conflicts with the resource's state"),
    IN_PROGRESS(409, "The same request is being worked on"),
    PRECONDITION_FAILED(412, "The resource has changed"),
    TOO_LARGE(413, "The upload is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The media type is not supported"),
    UNPROCESSABLE(422, "The content cannot be accepted"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    INTERNAL_ERROR(ProblemCategory.INTERNAL, "An internal error"),
    INSUFFICIENT_STORAGE(ProblemCategory.INSUFFICIENT_RESOURCES, "The store has no room"),
    DAMAGED_ARTIFACT(ProblemCategory.INTERNAL, "Stored bytes do not match their digest"),
    UNAVAILABLE(ProblemCategory.UNAVAILABLE, "A part of the suite does not answer");

    private final int status;
    private final ProblemCategory category;
    private final String title;

    CommonProblem(int status, String title) {
        this.status = status;
        this.category = ProblemCategory.CALLER;
        this.title = title;
    }

    CommonProblem(ProblemCategory category, String title) {
        this.status = category.status();
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
