package io.callisto.ha;

import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code ha_transition} after the claim, over the one lease connection. Used by one thread. */
final class JdbcCourseStore implements CourseStore {
    private final JdbcClient jdbc;

    JdbcCourseStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void ready(Scope scope, long epoch, long seenAgoMillis, long readyAgoMillis) {
        // The clock's tick is a millisecond: nobody is ready before the claim.
        jdbc.sql("""
            update ha_transition set
              seen_at = least(at, clock_timestamp() - :seen * interval '1 millisecond'),
              ready_at = greatest(at, clock_timestamp() - :ready * interval '1 millisecond')
            where scope = :scope and epoch = :epoch\
            """)
                .param("seen", seenAgoMillis)
                .param("ready", readyAgoMillis)
                .param("scope", scope.value())
                .param("epoch", epoch)
                .update();
    }

    @Override
    public void firstWork(Scope scope, long epoch, String what, long agoMillis) {
        jdbc.sql("""
            update ha_transition set first_work = :what,
              first_work_at = greatest(ready_at, clock_timestamp() - :ago * interval '1 millisecond')
            where scope = :scope and epoch = :epoch and first_work_at is null\
            """)
                .param("what", what)
                .param("ago", agoMillis)
                .param("scope", scope.value())
                .param("epoch", epoch)
                .update();
    }
}
