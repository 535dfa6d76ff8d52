package io.callisto.drills.simulation;

/**
 * What must never happen, has happened.
 *
 * @param checker who saw it, such as {@code INV-1 no stale commit}
 * @param what for humans
 * @param atMillis of virtual time
 */
public record Violation(String checker, String what, long atMillis) {}
