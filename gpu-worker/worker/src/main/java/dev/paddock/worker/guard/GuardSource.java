package dev.paddock.worker.guard;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A public file, or a part of one, whose licence allows weights trained on it to be passed on.
 *
 * @param path below the caller's folder of sources
 * @param sha256 64 hex digits of the whole file as it lies there
 * @param origin the project that publishes it
 * @param format {@code csv}, {@code json} or {@code jsonl}; a path ending in {@code .gz} is unpacked first
 * @param within property of a {@code json} file that holds the rows; null where the file is the list
 * @param field column, property or (of rows that are lists) place with the text; of a list the first item
 * @param conditions columns or properties and the values that rows must have
 * @param category a code of the taxonomy, {@code by words}, or null when the rows are safe
 * @param phrased whether commands among the texts get other forms by {@link Phrasing}: in training instead of themselves, in measuring
 *     also as themselves
 * @param skip shuffled rows left to other parts of the same file
 * @param train rows for training
 * @param dev rows for measuring
 */
record GuardSource(
        String name,
        String path,
        String sha256,
        String licence,
        String origin,
        String format,
        @Nullable String within,
        String field,
        @JsonProperty("where") @Nullable Map<String, String> conditions,
        String role,
        @Nullable String category,
        boolean phrased,
        int skip,
        int train,
        int dev) {
    static final String BY_WORDS = "by words";

    Map<String, String> where() {
        return Objects.requireNonNullElse(conditions, Map.of());
    }
}
