package io.callisto.console.paging;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a list.
 *
 * @param items in the list's order
 * @param nextCursor where the next piece begins; null at the end
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    /** How many items a request gets that does not say. */
    public static final String DEFAULT_LIMIT = "100";

    /** Most items of a page. */
    public static final int MAX_LIMIT = 1000;

    public Page {
        items = List.copyOf(items);
    }

    /**
     * Cuts a page from a query that asked for one row more than the page may have.
     *
     * @param rows at most {@code limit + 1}
     * @param cursor where an item stands
     */
    public static <T> Page<T> cut(List<T> rows, int limit, Function<T, Cursor> cursor) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        List<T> items = rows.subList(0, limit);
        return new Page<>(items, cursor.apply(items.get(limit - 1)).encode());
    }

    /** All there is. */
    public static <T> Page<T> all(List<T> items) {
        return new Page<>(items, null);
    }
}
