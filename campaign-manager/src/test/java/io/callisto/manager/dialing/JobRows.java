package io.callisto.manager.dialing;

import javax.sql.DataSource;

/** Jobs for the tests of other packages. */
public final class JobRows {
    private JobRows() {}

    /** A running job, allocated to server s1. */
    public static long running(DataSource dataSource, int contacts) {
        return TestJob.running(dataSource, TestJob.strategy(1, ""), contacts).id.value();
    }
}
