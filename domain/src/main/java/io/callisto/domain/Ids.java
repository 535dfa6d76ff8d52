package io.callisto.domain;

/** Checks that the id types share. */
final class Ids {
    private Ids() {}

    static long notNegative(long value, String what) {
        if (value < 0) {
            throw new IllegalArgumentException(what + " must not be negative: " + value);
        }
        return value;
    }
}
