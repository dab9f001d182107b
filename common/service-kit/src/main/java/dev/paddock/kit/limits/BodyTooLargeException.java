package dev.paddock.kit.limits;

import java.io.IOException;
import org.springframework.util.unit.DataSize;

/** A body that is longer than its bound; thrown while it is read. */
public final class BodyTooLargeException extends IOException {
    BodyTooLargeException(DataSize bound) {
        super(rule(bound.toBytes()));
    }

    /** What the caller is told of the bound. */
    public static String rule(long bytes) {
        return "the body exceeds " + bytes + " bytes: split it";
    }
}
