package io.callisto.manager.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.callisto.domain.Requirement;
import io.callisto.gateway.client.Watch;
import io.callisto.ha.Scope;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@Requirement("CM-4")
class LimitedCallGatewayTest {
    private static final Scope SCOPE = new Scope("job/1/0");

    /** Answers nobody until it is opened, as a host that was cut off. */
    private static final class CutOff implements CallGateway {
        final CountDownLatch opened = new CountDownLatch(1);
        final AtomicInteger waiting = new AtomicInteger();

        private void hang() {
            waiting.incrementAndGet();
            try {
                opened.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } finally {
                waiting.decrementAndGet();
            }
        }

        @Override
        public String id() {
            return "g1";
        }

        @Override
        public Announced announce(Scope scope, long epoch) {
            hang();
            return new Announced(true, 1, 1);
        }

        @Override
        public Placed place(PlaceOrder order) {
            hang();
            return new Placed(List.of(), 1);
        }

        @Override
        public Resolved resolve(Scope scope, long epoch, List<UUID> attempts) {
            hang();
            return new Resolved(true, 1, List.of(), 1);
        }

        @Override
        public void hangUp(Scope scope, long epoch, List<UUID> attempts) {
            hang();
        }

        @Override
        public Watch watch(Scope scope, long epoch, WatchListener listener) {
            return () -> {};
        }
    }

    @Test
    void a_gateway_that_does_not_answer_holds_no_more_than_its_share_of_the_threads() {
        CutOff cutOff = new CutOff();
        LimitedCallGateway limited = new LimitedCallGateway(cutOff, 2, Duration.ofMillis(20));
        ExecutorService jobs = Executors.newFixedThreadPool(4);
        try {
            for (int i = 0; i < 2; i++) {
                jobs.execute(() -> limited.announce(SCOPE, 1));
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> cutOff.waiting.get() == 2);
            assertThatThrownBy(() -> limited.announce(SCOPE, 1)).isInstanceOf(GatewayBusy.class);
            assertThatThrownBy(() -> limited.resolve(SCOPE, 1, List.of())).isInstanceOf(GatewayBusy.class);
            assertThatThrownBy(() -> limited.hangUp(SCOPE, 1, List.of())).isInstanceOf(GatewayBusy.class);
            assertThat(cutOff.waiting).as("nothing more was sent").hasValue(2);
            cutOff.opened.countDown();
            await().atMost(Duration.ofSeconds(10)).until(() -> cutOff.waiting.get() == 0);
            assertThat(limited.announce(SCOPE, 2).accepted())
                    .as("its turns are given back")
                    .isTrue();
            assertThat(limited.resolve(SCOPE, 2, List.of()).accepted()).isTrue();
        } finally {
            cutOff.opened.countDown();
            jobs.shutdownNow();
        }
    }
}
