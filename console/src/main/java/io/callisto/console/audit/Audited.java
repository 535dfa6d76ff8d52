package io.callisto.console.audit;

/**
 * What came of a change.
 *
 * @param value for the answer
 * @param change for the record
 */
public record Audited<T>(T value, Change change) {}
