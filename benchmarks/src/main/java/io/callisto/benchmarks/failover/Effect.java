package io.callisto.benchmarks.failover;

/**
 * What an owner did.
 *
 * @param worker who
 * @param micros when, by the database's clock
 */
record Effect(String worker, long micros) {}
