package io.callisto.benchmarks.failover;

/** A contender's library in one worker. */
@FunctionalInterface
interface Competitor {
    /** Joins; returns when this worker could take over. Whether it owns the role is the library's affair from now. */
    void start() throws Exception;
}
