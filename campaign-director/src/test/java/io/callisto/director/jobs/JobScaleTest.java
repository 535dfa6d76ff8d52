package io.callisto.director.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.ha.Lease;
import io.callisto.ha.Scope;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Measures, when asked to: {@code -Dcallisto.scale=1000000}. Nothing here may depend on the number of contacts but the
 * filter.
 */
@EnabledIfSystemProperty(named = "callisto.scale", matches = "[0-9]+")
class JobScaleTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @Test
    @Timeout(600)
    @Requirement("CD-6")
    void a_large_job_is_filtered_set_by_set_and_its_sweep_stays_cheap() {
        int contacts = Integer.getInteger("callisto.scale");
        JobRig rig = new JobRig(DB.dataSource());
        int list = rig.list(0, contacts);
        Lease lease = rig.leases.claim(Scope.director());
        JobDuty duty = rig.duty(5_000);
        duty.takeOver(lease);
        long job = rig.start(rig.campaign("FINITE", list));

        long start = System.nanoTime();
        rig.settle(duty, lease);
        Duration filter = Duration.ofNanos(System.nanoTime() - start);
        assertThat(rig.count(job, "READY")).isEqualTo(contacts);

        start = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            rig.settle(duty, lease);
        }
        Duration sweep = Duration.ofNanos(System.nanoTime() - start).dividedBy(20);

        start = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            rig.jdbc
                    .sql("update job_statistics set at = at - interval '1 minute'")
                    .update();
            rig.settle(duty, lease);
        }
        Duration statistics = Duration.ofNanos(System.nanoTime() - start).dividedBy(20);
        assertThat(rig.jdbc
                        .sql("select count(*) from event_outbox where event_type = 'JOBSTATISTICS'")
                        .query(Long.class)
                        .single())
                .isEqualTo(2 + 20);

        rig.order("STOP", job);
        start = System.nanoTime();
        rig.settle(duty, lease);
        Duration stop = Duration.ofNanos(System.nanoTime() - start);
        assertThat(rig.state(job)).isEqualTo("STOPPED");
        System.out.printf(
                Locale.ROOT,
                "contacts %,d: filter %,d ms, sweep %.1f ms, sweep with statistics event %.1f ms, stop %,d ms%n",
                contacts,
                filter.toMillis(),
                sweep.toNanos() / 1e6,
                statistics.toNanos() / 1e6,
                stop.toMillis());
        assertThat(sweep).isLessThan(Duration.ofMillis(200));
        assertThat(statistics).isLessThan(Duration.ofMillis(300));
    }
}
