package dev.paddock.trainingjob.source;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version whose weights can be read.
 *
 * @param kind {@code BASE}, {@code MODEL} or {@code ADAPTER}
 * @param whole id of the whole model that it is or sits on
 * @param baseDigest of the model that an adapter sits on; null for a whole model
 */
public record Source(
        UUID id,
        String kind,
        String digest,
        UUID whole,
        @Nullable String baseDigest) {
    static Source of(BaseVersion version) {
        String kind = version.parentId() == null ? "BASE" : "MODEL";
        return new Source(version.id(), kind, version.digest(), version.id(), null);
    }

    static Source of(AdapterVersion version) {
        return new Source(version.id(), "ADAPTER", version.digest(), version.baseId(), version.baseDigest());
    }
}
