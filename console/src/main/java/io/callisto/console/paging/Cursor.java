package io.callisto.console.paging;

import io.callisto.console.problem.ApiProblem;
import io.callisto.console.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Key of the last item that a client has seen. Opaque to clients, so that a list's order may change later.
 *
 * @param keys parts of the key, in the list's order; none contains a line feed
 */
public record Cursor(List<String> keys) {
    public Cursor {
        keys = List.copyOf(keys);
    }

    public static Cursor of(Object... keys) {
        return new Cursor(java.util.Arrays.stream(keys).map(String::valueOf).toList());
    }

    /** As clients carry it. */
    public String encode() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join("\n", keys).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads the single text key that {@link #encode} wrote.
     *
     * @param start what stands for the beginning of the list
     */
    public static String text(@Nullable String cursor, String start) {
        return cursor == null ? start : decode(cursor, 1).get(0);
    }

    /**
     * Reads the single number that {@link #encode} wrote.
     *
     * @param start what stands for the beginning of the list
     */
    public static long number(@Nullable String cursor, long start) {
        return cursor == null ? start : numbers(cursor, 1)[0];
    }

    /** Reads {@code count} numbers; all are 0 where there is no cursor. */
    public static long[] numbers(@Nullable String cursor, int count) {
        if (cursor == null) {
            return new long[count];
        }
        try {
            return decode(cursor, count).stream().mapToLong(Long::parseLong).toArray();
        } catch (NumberFormatException foreign) {
            throw refusal();
        }
    }

    /** Reads {@code count} texts; empty where there is no cursor. */
    public static List<String> texts(@Nullable String cursor, int count) {
        return cursor == null ? List.of() : decode(cursor, count);
    }

    /** A key of {@link #texts} that is a number. */
    public static long number(String key) {
        try {
            return Long.parseLong(key);
        } catch (NumberFormatException foreign) {
            throw refusal();
        }
    }

    private static List<String> decode(String cursor, int count) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            List<String> keys = List.of(text.split("\n", -1));
            if (keys.size() == count && text.indexOf('\0') < 0) {
                return keys;
            }
        } catch (IllegalArgumentException notBase64) {
            throw refusal();
        }
        throw refusal();
    }

    private static ApiProblem refusal() {
        return new ApiProblem(
                ProblemCode.INVALID_CURSOR,
                "Use the nextCursor of the previous page of this list, unchanged, or none.");
    }
}
