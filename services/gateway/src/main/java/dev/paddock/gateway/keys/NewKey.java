package dev.paddock.gateway.keys;

import dev.paddock.kit.problem.ProblemException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The order of a key: expiresIn is an ISO-8601 duration (P30D, PT12H), at most ten years; without it the key does not expire. */
record NewKey(@Nullable String name, @Nullable Duration expiresIn) {
    private static final int LONGEST_NAME = 100;
    private static final Duration LONGEST = Duration.ofDays(3653);

    NewKey {
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
            throw ProblemException.invalid("name", name, "must be 1 to " + LONGEST_NAME + " characters");
        }
        if (expiresIn != null && (expiresIn.isNegative() || expiresIn.isZero() || expiresIn.compareTo(LONGEST) > 0)) {
            throw ProblemException.invalid("expiresIn", expiresIn, "must be positive and at most " + LONGEST);
        }
    }

    @Override
    public String name() {
        return String.valueOf(name);
    }
}
