package io.callisto.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callisto.domain.Requirement;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class JmsWakeUpsTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private TestBroker first;
    private TestBroker second;
    private JmsWakeUpsRunner here;
    private JmsWakeUpsRunner there;

    @BeforeEach
    void two_services_and_two_addresses() {
        first = new TestBroker(directory.resolve("first"));
        second = new TestBroker(directory.resolve("second"));
        here = runner(new SimpleMeterRegistry());
        there = runner(meters);
        var unused = there.onWakeUp(heard::add);
    }

    @AfterEach
    void stop() throws Exception {
        here.close();
        there.close();
        first.close();
        second.close();
    }

    private JmsWakeUpsRunner runner(SimpleMeterRegistry registry) {
        BrokerProperties properties = new BrokerProperties(null, Duration.ofSeconds(1), Duration.ofSeconds(1));
        String url = "(" + first.url() + "," + second.url() + ")";
        JmsWakeUpsRunner runner = new JmsWakeUpsRunner(new Brokers(url, properties), registry);
        runner.start();
        return runner;
    }

    private void awaitConnected() {
        await().atMost(LIMIT).until(() -> here.connected() && there.connected());
    }

    @Test
    void a_wake_up_reaches_the_other_service_with_its_scope() throws Exception {
        first.start();
        awaitConnected();
        here.wake("director/1");
        await().atMost(LIMIT).until(() -> heard.contains("director/1"));
        assertThat(heard).first().isEqualTo("");
    }

    @Test
    void a_listener_of_the_same_jvm_hears_at_once_and_once() throws Exception {
        first.start();
        awaitConnected();
        heard.clear();
        there.wake("director");
        assertThat(heard).containsExactly("director");
        here.wake("agent-manager/0");
        await().atMost(LIMIT).until(() -> heard.contains("agent-manager/0"));
        assertThat(heard).containsExactly("director", "agent-manager/0");
    }

    @Test
    @Requirement("MQ-1")
    void wake_ups_go_on_over_the_next_broker_when_the_live_one_is_gone() throws Exception {
        first.start();
        awaitConnected();
        heard.clear();
        first.stop();
        second.start();
        long started = System.nanoTime();
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    here.wake("director");
                    return heard.contains("director");
                });
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
        // What was missed meanwhile is made good by an empty wake-up: look at everything.
        assertThat(heard).contains("");
    }

    @Test
    void without_a_broker_nothing_waits_and_nothing_fails() {
        long started = System.nanoTime();
        for (int i = 0; i < 10_000; i++) {
            there.wake("director");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
        assertThat(heard).hasSize(10_000);
        assertThat(meters.get("callisto.messaging.wakeups")
                        .tag("result", "dropped")
                        .counter()
                        .count())
                .isEqualTo(10_000);
        assertThat(meters.get("callisto.messaging.connected").gauge().value()).isZero();
    }

    @Test
    void a_wake_up_leaves_only_after_the_commit() throws Exception {
        first.start();
        awaitConnected();
        heard.clear();
        TransactionSynchronizationManager.initSynchronization();
        try {
            here.wake("director");
            there.wake("director");
            assertThat(heard).isEmpty();
            TransactionSynchronizationManager.getSynchronizations().forEach(TransactionSynchronization::afterCommit);
        } finally {
            TransactionSynchronizationManager.clear();
        }
        await().atMost(LIMIT).untilAsserted(() -> assertThat(heard).containsExactly("director", "director"));
    }

    @Test
    void hearing_can_be_ended() throws Exception {
        List<String> other = new CopyOnWriteArrayList<>();
        WakeUps.Subscription subscription = there.onWakeUp(other::add);
        there.wake("director");
        subscription.close();
        there.wake("director");
        assertThat(other).hasSize(1);
        WakeUps.none().wake("director");
        WakeUps.none().onWakeUp(other::add).close();
        assertThat(other).hasSize(1);
    }
}
