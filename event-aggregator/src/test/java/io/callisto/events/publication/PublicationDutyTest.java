package io.callisto.events.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.ha.Fenced;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Lease;
import io.callisto.ha.TestLeases;
import io.callisto.messaging.MessagingAutoConfiguration;
import io.callisto.messaging.OrderedSender;
import io.callisto.messaging.OrderedSenders;
import io.callisto.messaging.OutgoingMessage;
import io.callisto.messaging.Received;
import io.callisto.messaging.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@Requirement({"MQ-2", "MQ-3"})
class PublicationDutyTest {
    private static final String QUEUE = "callisto.attempt-results";

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @TempDir
    Path directory;

    private final JdbcClient jdbc = JdbcClient.create(DB.dataSource());
    private final TestLeases leases = new TestLeases(DB.dataSource());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PublicationMetrics metrics = new PublicationMetrics(meters);
    private final PublicationProperties properties =
            new PublicationProperties(QUEUE, 10, Duration.ofMillis(50), Duration.ofMillis(10), Duration.ofDays(1));
    private final List<PublicationDuty> duties = new ArrayList<>();
    private TestBroker broker;
    private ConfigurableApplicationContext context;

    /** Fails where a test wants it to, as a broker does that dies at the worst moment. */
    private static final class TrickySender implements OrderedSender {
        private final OrderedSender real;
        private Runnable before = () -> {};
        private Runnable after = () -> {};

        TrickySender(OrderedSender real) {
            this.real = real;
        }

        @Override
        public void connect() {
            real.connect();
        }

        @Override
        public void sendTogether(List<OutgoingMessage> messages) {
            before.run();
            real.sendTogether(messages);
            after.run();
        }

        @Override
        public void sendSingly(List<OutgoingMessage> messages) {
            before.run();
            real.sendSingly(messages);
            after.run();
        }

        @Override
        public void close() {
            real.close();
        }
    }

    @BeforeEach
    void start() throws Exception {
        jdbc.sql("delete from publication").update();
        broker = new TestBroker(directory).start();
        context = new SpringApplicationBuilder(MessagingAutoConfiguration.class)
                .web(WebApplicationType.NONE)
                .properties("callisto.broker.url=" + broker.url(), "spring.main.banner-mode=off")
                .run();
    }

    @AfterEach
    void stop() throws Exception {
        duties.forEach(PublicationDuty::close);
        context.close();
        broker.close();
    }

    private TrickySender sender() {
        return new TrickySender(context.getBean(OrderedSenders.class)
                .to(QUEUE, Duration.ofDays(1))
                .orElseThrow());
    }

    private PublicationDuty duty(OrderedSender sender, Lease lease) {
        PublicationDuty duty = new PublicationDuty(
                jdbc,
                new FencedTransaction(DB.dataSource(), TestLeases.TICKER),
                new JdbcPublicationStore(),
                sender,
                properties,
                metrics,
                System::nanoTime);
        duties.add(duty);
        duty.takeOver(lease);
        return duty;
    }

    private void results(int from, int to) {
        for (int i = from; i < to; i++) {
            jdbc.sql("""
                            insert into publication (organisation_id, job_id, attempt_id, body)
                            values (0, :job, gen_random_uuid(), jsonb_build_object('n', :n))
                            """).param("job", i % 3).param("n", i).update();
        }
    }

    private long waiting() {
        return jdbc.sql("select count(*) from publication").query(Long.class).single();
    }

    private List<Received> received() throws Exception {
        return Received.all(broker.url(), QUEUE);
    }

    private static List<String> bodies(int from, int to) {
        return IntStream.range(from, to).mapToObj(n -> "{\"n\": " + n + "}").toList();
    }

    @Test
    void results_are_published_in_order_and_forgotten_once_the_broker_has_them() throws Exception {
        results(0, 25);
        Lease lease = leases.claim(PublicationRoleRunner.SCOPE);
        PublicationDuty duty = duty(sender(), lease);
        assertThat(duty.firstWorkDone(0)).isFalse();
        assertThat(List.of(duty.doWork(lease), duty.doWork(lease), duty.doWork(lease), duty.doWork(lease)))
                .containsExactly(10, 10, 5, 0);
        assertThat(duty.firstWorkDone(0)).isTrue();
        assertThat(duty.firstWork()).isEqualTo("first result published");
        assertThat(waiting()).isZero();
        List<Received> received = received();
        assertThat(received).extracting(Received::body).containsExactlyElementsOf(bodies(0, 25));
        assertThat(received).allMatch(message -> message.epoch() == lease.epoch() && !message.repeated());
        assertThat(received).extracting(Received::group).startsWith("job-0", "job-1", "job-2");
    }

    @Test
    void an_empty_queue_counts_as_looked_over() {
        Lease lease = leases.claim(PublicationRoleRunner.SCOPE);
        PublicationDuty duty = duty(sender(), lease);
        assertThat(duty.doWork(lease)).isZero();
        assertThat(duty.firstWorkDone(0)).isTrue();
        assertThat(duty.firstWork()).isEqualTo("queue looked over");
    }

    @Test
    void while_the_broker_is_away_results_wait_and_leave_later_in_order() throws Exception {
        Lease lease = leases.claim(PublicationRoleRunner.SCOPE);
        PublicationDuty duty = duty(sender(), lease);
        results(0, 5);
        duty.doWork(lease);
        broker.stop();
        results(5, 20);
        for (int i = 0; i < 5; i++) {
            assertThat(duty.doWork(lease)).isZero();
        }
        assertThat(waiting()).isEqualTo(15);
        assertThat(meters.get("callisto.publication.failures").counter().count())
                .isPositive();
        broker.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            duty.doWork(lease);
            return waiting() == 0;
        });
        assertThat(received()).extracting(Received::body).containsExactlyElementsOf(bodies(0, 20));
    }

    @Test
    void the_age_of_the_oldest_result_that_waits_is_shown() throws Exception {
        broker.stop();
        results(0, 3);
        jdbc.sql("update publication set created_at = clock_timestamp() - interval '90 seconds'")
                .update();
        Lease lease = leases.claim(PublicationRoleRunner.SCOPE);
        duty(sender(), lease).doWork(lease);
        assertThat(meters.get("callisto.publication.oldest.seconds").gauge().value())
                .isBetween(89.0, 200.0);
        assertThat(meters.get("callisto.publication.rows").gauge().value()).isEqualTo(3);
    }

    @Test
    void a_broker_that_takes_a_batch_and_dies_before_it_says_so_gets_it_again_and_keeps_one() throws Exception {
        results(0, 8);
        Lease lease = leases.claim(PublicationRoleRunner.SCOPE);
        TrickySender sender = sender();
        sender.after = () -> {
            sender.after = () -> {};
            throw new IllegalStateException("the answer is lost");
        };
        assertThatThrownBy(() -> duty(sender, lease).doWork(lease)).hasMessage("the answer is lost");
        assertThat(waiting()).isEqualTo(8);
        broker.stop();
        broker.start();
        results(8, 10);
        PublicationDuty next = duty(sender(), lease);
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            next.doWork(lease);
            return waiting() == 0;
        });
        assertThat(received()).extracting(Received::body).containsExactlyElementsOf(bodies(0, 10));
        assertThat(meters.get("callisto.publication.sent")
                        .tag("repeated", "true")
                        .counter()
                        .count())
                .isEqualTo(8);
    }

    @Test
    void what_may_have_been_sent_before_is_marked() throws Exception {
        results(0, 3);
        Lease lease = leases.claim(PublicationRoleRunner.SCOPE);
        TrickySender sender = sender();
        sender.before = () -> {
            sender.before = () -> {};
            throw new IllegalStateException("died before sending");
        };
        assertThatThrownBy(() -> duty(sender, lease).doWork(lease)).hasMessage("died before sending");
        Lease successor = leases.takeOver(PublicationRoleRunner.SCOPE);
        assertThat(duty(sender(), successor).doWork(successor)).isEqualTo(3);
        assertThat(received())
                .hasSize(3)
                .allMatch(message -> message.repeated() && message.epoch() == successor.epoch());
    }

    @Test
    @Requirement("MQ-2")
    void an_owner_that_was_taken_over_while_it_sent_adds_nothing_and_deletes_nothing() throws Exception {
        results(0, 6);
        Lease zombie = leases.claim(PublicationRoleRunner.SCOPE);
        TrickySender slow = sender();
        PublicationDuty first = duty(slow, zombie);
        Lease[] successor = new Lease[1];
        slow.before = () -> {
            // The owner is frozen with the batch in its hands; the successor publishes it and more comes.
            successor[0] = leases.takeOver(PublicationRoleRunner.SCOPE);
            PublicationDuty second = duty(sender(), successor[0]);
            assertThat(second.doWork(successor[0])).isEqualTo(6);
            results(6, 9);
            assertThat(second.doWork(successor[0])).isEqualTo(3);
            results(9, 10);
        };
        // The broker refuses the batch as a whole: it has seen it.
        assertThat(first.doWork(zombie)).isZero();
        assertThat(waiting()).isOne();
        slow.before = () -> {};
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () -> assertThatThrownBy(() -> first.doWork(zombie)).isInstanceOf(Fenced.class));
        assertThat(waiting()).isOne();
        PublicationDuty second = duty(sender(), successor[0]);
        second.doWork(successor[0]);
        assertThat(received()).extracting(Received::body).containsExactlyElementsOf(bodies(0, 10));
    }
}
