package dev.paddock.kit.paging;

import dev.paddock.kit.problem.ProblemException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks of a list ({@code ?cursor=&limit=}); a controller declares it as a parameter.
 *
 * @param after the key of the last item already seen, null for the first page
 * @param limit 1 to 200
 */
public record PageQuery(@Nullable String after, int limit) {
    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 200;
    private static final UUID LAST = new UUID(-1L, -1L);

    static PageQuery of(@Nullable String cursor, @Nullable String limit) {
        String after = cursor == null || cursor.isEmpty() ? null : Cursor.decode(cursor);
        return new PageQuery(after, limit == null || limit.isEmpty() ? DEFAULT_LIMIT : parse(limit));
    }

    private static int parse(String limit) {
        try {
            int value = Integer.parseInt(limit);
            if (value >= 1 && value <= MAX_LIMIT) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw ProblemException.invalid("limit", limit, "must be a whole number from 1 to " + MAX_LIMIT);
        }
        throw ProblemException.invalid("limit", limit, "must be from 1 to " + MAX_LIMIT);
    }

    /** How many rows to read: one more than the page has shows whether there is a next page. */
    public int limitAndOne() {
        return limit + 1;
    }

    /** For lists sorted by id, newest first: rows with an id below this one; above every id for the first page. */
    public UUID before() {
        try {
            return after == null ? LAST : UUID.fromString(after);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("cursor", after, "must be the next of an earlier page of this list");
        }
    }

    /** For lists sorted by a number, smallest first: rows above this one; -1 for the first page. */
    public long afterNumber() {
        try {
            return after == null ? -1 : Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw ProblemException.invalid("cursor", after, "must be the next of an earlier page of this list");
        }
    }
}
