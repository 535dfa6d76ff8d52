package io.callisto.domain;

/** Monotonic time for timeouts and deadlines. {@link System#nanoTime()} outside tests. */
@FunctionalInterface
public interface Ticker {
    /** Nanoseconds since an arbitrary instant; may be negative; compare by subtraction only. */
    long nanos();
}
