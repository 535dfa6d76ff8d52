package io.callisto.outbox.relay;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Ids of outbox rows, ascending, with a compact text: {@code 17-1016,1020} is 17 to 1016 and 1020. Ids of one shard are
 * mostly consecutive, so the text of thousands is short; people can read it in the position topic.
 */
public final class RowIds {
    /** More than any batch; a text with more ids is not ours. */
    static final int MAX_IDS = 100_000;

    /** No ids. */
    public static final RowIds NONE = new RowIds(new long[0]);

    private final long[] ids;

    private RowIds(long[] ids) {
        this.ids = ids;
    }

    /**
     * @param ids in any order, each once
     */
    public static RowIds of(LongStream ids) {
        return new RowIds(ids.sorted().distinct().toArray());
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws IllegalArgumentException where it is something else
     */
    public static RowIds parse(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        LongStream.Builder found = LongStream.builder();
        long count = 0;
        for (String part : text.split(",", -1)) {
            int dash = part.indexOf('-');
            long first = Long.parseLong(dash < 0 ? part : part.substring(0, dash));
            long last = dash < 0 ? first : Long.parseLong(part.substring(dash + 1));
            count += Math.addExact(Math.subtractExact(last, first), 1);
            if (first < 0 || last < first || count > MAX_IDS) {
                throw new IllegalArgumentException("not a list of at most " + MAX_IDS + " row ids: " + part);
            }
            for (long id = first; id <= last; id++) {
                found.add(id);
            }
        }
        return of(found.build());
    }

    /** The compact text. */
    public String text() {
        StringBuilder text = new StringBuilder();
        int from = 0;
        while (from < ids.length) {
            int to = from;
            while (to + 1 < ids.length && ids[to + 1] == ids[to] + 1) {
                to++;
            }
            if (from > 0) {
                text.append(',');
            }
            text.append(ids[from]);
            if (to > from) {
                text.append('-').append(ids[to]);
            }
            from = to + 1;
        }
        return text.toString();
    }

    /** A copy of the ids, ascending. */
    public long[] toArray() {
        return ids.clone();
    }

    public int size() {
        return ids.length;
    }

    public boolean isEmpty() {
        return ids.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowIds that && Arrays.equals(ids, that.ids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
        return text();
    }
}
