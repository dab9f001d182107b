package dev.paddock.contracts.event;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a finished job left in the artifact store: an adapter of its base, or a whole model. */
public enum ArtifactKind {
    ADAPTER,
    MODEL;

    /** As it stands in events and reports, for example {@code model}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of that word; an adapter for null, as reports were before models were trained whole.
     *
     * @throws IllegalArgumentException for another word
     */
    public static ArtifactKind of(@Nullable String word) {
        return word == null
                ? ADAPTER
                : Arrays.stream(values())
                        .filter(kind -> kind.word().equals(word))
                        .findFirst()
                        .orElseThrow(
                                () -> new IllegalArgumentException("\"" + word + "\" is neither adapter nor model"));
    }
}
