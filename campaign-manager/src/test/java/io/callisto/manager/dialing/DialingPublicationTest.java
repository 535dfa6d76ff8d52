package io.callisto.manager.dialing;

import static io.callisto.manager.dialing.TestJob.retry;
import static io.callisto.manager.dialing.TestJob.strategy;
import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.domain.attempt.CallOutcome;
import io.callisto.ha.Scope;
import io.callisto.ha.TestLeases;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class DialingPublicationTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private final JdbcClient jdbc = JdbcClient.create(DB.dataSource());
    private final AtomicLong nanos = new AtomicLong(Duration.ofDays(1).toNanos());
    private final FakeGateway gateway = new FakeGateway("g1");

    private TestJob dialed(String definition) {
        TestJob job = TestJob.running(DB.dataSource(), definition, 10);
        String busy = job.numbers().get(0);
        gateway.outcome = phone -> phone.equals(busy) ? CallOutcome.BUSY : CallOutcome.ANSWER_HUMAN;
        Dialer dialer = Dialer.takeOver(DB.dataSource(), job, nanos, new FakeRules(), gateway);
        dialer.run(job::finished);
        return job;
    }

    private static String publishing(String definition) {
        return definition.substring(0, definition.lastIndexOf('}')) + ", \"publish\": true}";
    }

    @Test
    @Requirement("MQ-2")
    void the_result_of_every_attempt_is_stored_for_publication_where_the_strategy_says_so() {
        TestJob job = dialed(publishing(strategy(3, retry("Call_Busy", "PT0S", 2))));
        List<String> codes =
                jdbc.sql("""
                        select body ->> 'completionCode' from publication
                         where job_id = :job and (body ->> 'attemptId')::uuid = attempt_id
                           and body ->> 'address' is not null and body ->> 'completedAt' is not null
                         order by 1""").param("job", job.id.value()).query(String.class).list();
        assertThat(codes).hasSize(11).startsWith("Answer_Human").endsWith("Call_Busy", "Call_Busy");
        // The two attempts at the busy number in their order.
        assertThat(jdbc.sql("""
                                select (body ->> 'attemptNo')::int from publication
                                 where job_id = :job and body ->> 'completionCode' = 'Call_Busy'
                                 order by publication_id""")
                        .param("job", job.id.value())
                        .query(Integer.class)
                        .list())
                .containsExactly(1, 2);
    }

    @Test
    void nothing_is_stored_for_publication_where_the_strategy_does_not_say_so() {
        TestJob job = dialed(strategy(3, ""));
        assertThat(jdbc.sql("select count(*) from publication where job_id = :job")
                        .param("job", job.id.value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    @Requirement("RE-4")
    void the_fence_of_the_rule_engine_is_read_from_the_database() {
        JdbcFenceStore fence = new JdbcFenceStore(DB.dataSource());
        assertThat(fence.epoch(Scope.ruleEngine())).isZero();
        TestLeases leases = new TestLeases(DB.dataSource());
        leases.claim(Scope.ruleEngine());
        long epoch = leases.takeOver(Scope.ruleEngine()).epoch();
        assertThat(fence.epoch(Scope.ruleEngine())).isEqualTo(epoch);
    }
}
