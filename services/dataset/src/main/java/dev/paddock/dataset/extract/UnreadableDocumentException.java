package dev.paddock.dataset.extract;

import dev.paddock.dataset.DatasetProblem;
import dev.paddock.kit.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** A document that is damaged, protected or beyond the limits; the message names which and the way out. */
public final class UnreadableDocumentException extends ProblemException {
    public UnreadableDocumentException(String detail) {
        super(DatasetProblem.UNREADABLE_DOCUMENT, detail);
    }

    public UnreadableDocumentException(String detail, @Nullable Throwable cause) {
        super(DatasetProblem.UNREADABLE_DOCUMENT, detail, cause);
    }
}
