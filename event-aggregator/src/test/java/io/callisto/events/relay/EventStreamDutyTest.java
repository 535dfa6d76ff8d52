package io.callisto.events.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.ha.Lease;
import io.callisto.ha.NodeId;
import io.callisto.ha.RoleDuty;
import io.callisto.ha.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventStreamDutyTest {
    private static final Lease LEASE = new Lease(Scope.outbox(1), 1, new NodeId(new UUID(0, 1)), Long.MAX_VALUE);

    private final List<String> calls = new ArrayList<>();
    private long now;

    private final RoleDuty relay = new RoleDuty() {
        @Override
        public void takeOver(Lease lease) {
            calls.add("take over");
        }

        @Override
        public int doWork(Lease lease) {
            calls.add("work");
            return 3;
        }

        @Override
        public void close() {
            calls.add("close");
        }
    };

    @Test
    void a_shard_without_topics_to_keep_relays_at_once() {
        EventStreamDuty duty = duty(false);

        duty.takeOver(LEASE);
        assertThat(duty.doWork(LEASE)).isEqualTo(3);
        assertThat(duty.doWork(LEASE)).isEqualTo(3);
        duty.close();

        assertThat(calls).containsExactly("take over", "work", "work", "close");
    }

    @Test
    void with_or_without_a_log_that_stands_ready_the_relay_takes_over_once() {
        EventStreamDuty duty = duty(true);
        duty.takeOver(LEASE);
        duty.doWork(LEASE);
        now += Duration.ofSeconds(1).toNanos();
        duty.doWork(LEASE);

        assertThat(calls).containsExactly("take over", "work", "work");
    }

    private EventStreamDuty duty(boolean logReady) {
        return new EventStreamDuty(relay, null, logReady, () -> 0, Duration.ofSeconds(1), () -> now);
    }
}
