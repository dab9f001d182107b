package dev.paddock.registry.log;

import dev.paddock.kit.problem.ProblemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An entry's number and hash as somebody noted them earlier, for example the {@code entries} and {@code head} of a verification. */
public record LogAnchor(@Nullable Long sequence, @Nullable String hash) {
    /** An anchor, complete. */
    record Noted(long sequence, String hash) {}

    /** Nothing where nothing was given. */
    Optional<Noted> noted() {
        if (sequence == null && hash == null) {
            return Optional.empty();
        }
        if (sequence == null || hash == null || sequence < 1) {
            throw ProblemException.invalid(
                    "sequence", sequence, "must be an entry's number, from 1, and come with its hash");
        }
        return Optional.of(new Noted(sequence, hash));
    }
}
