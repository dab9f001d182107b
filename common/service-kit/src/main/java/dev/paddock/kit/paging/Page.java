package dev.paddock.kit.paging;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list; {@code next} is the cursor of the page after it, null at the end. */
public record Page<T>(
        List<T> items,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String next) {
    /**
     * Cuts a page from rows read with {@link PageQuery#limitAndOne()}.
     *
     * @param key what the query sorts by, unique in the list
     */
    public static <T> Page<T> of(List<T> rows, PageQuery query, Function<T, ?> key) {
        if (rows.size() <= query.limit()) {
            return new Page<>(List.copyOf(rows), null);
        }
        List<T> items = List.copyOf(rows.subList(0, query.limit()));
        String last = String.valueOf(key.apply(items.get(items.size() - 1)));
        return new Page<>(items, Cursor.encode(last));
    }

    /** The same page with other items, for mapping entities to their representations. */
    public <R> Page<R> map(Function<? super T, ? extends R> mapper) {
        return new Page<>(items.stream().<R>map(mapper).toList(), next);
    }
}
