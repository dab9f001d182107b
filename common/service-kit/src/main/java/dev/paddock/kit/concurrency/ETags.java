package dev.paddock.kit.concurrency;

import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.ProblemException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A resource's version as an entity tag. */
public final class ETags {
    private ETags() {}

    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /** Refuses a change whose {@code If-Match} names another version (412); without the header any version is fine. */
    public static void require(@Nullable String ifMatch, long version) {
        if (ifMatch == null || "*".equals(ifMatch.trim())) {
            return;
        }
        boolean matches =
                Arrays.stream(ifMatch.split(",", -1)).map(String::trim).anyMatch(of(version)::equals);
        if (!matches) {
            throw new ProblemException(
                    CommonProblem.PRECONDITION_FAILED,
                    "If-Match is " + ifMatch + " and the resource is at " + of(version) + ": read it and try again");
        }
    }
}
