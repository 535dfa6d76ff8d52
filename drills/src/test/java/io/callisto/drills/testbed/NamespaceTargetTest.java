package io.callisto.drills.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.callisto.domain.Requirement;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@Timeout(300)
class NamespaceTargetTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @Test
    @Requirement("FS-10")
    void hosts_lose_power_freeze_and_lose_their_links_and_come_back_and_nothing_is_left() {
        Optional<String> obstacle = HostNetwork.obstacle();
        Assumptions.assumeTrue(obstacle.isEmpty(), () -> "no hosts here: " + obstacle.orElse(""));
        Path logs;
        try (NamespaceTarget target = new NamespaceTarget()) {
            boolean clocks = target.supported().contains(FaultKind.STEP_CLOCK);
            DrillLayout layout = new DrillLayout(1, 1, 1, 1, Set.of(), 20, "small", clocks);
            target.up(layout, System.out::println);
            logs = target.logs();
            assertThat(answers(target)).isTrue();

            target.cutHost("s1");
            assertThat(answers(target)).isFalse();
            target.healHost("s1");
            await().atMost(LIMIT).until(() -> answers(target));

            target.freezeHost("s1");
            assertThat(answers(target)).isFalse();
            target.thawHost("s1");
            await().atMost(LIMIT).until(() -> answers(target));

            if (clocks) {
                clockJumps(target);
            }

            target.killHost("db");
            assertThat(target.running("postgres")).isFalse();
            target.restoreHost("db");
            assertThat(target.running("postgres")).isTrue();

            target.killHost("s1");
            assertThat(target.running("s1")).isFalse();
            assertThat(target.running("s1-server")).isFalse();
            target.restoreHost("s1");
            // Its supervisor starts it again, on the same host; that it becomes ready was seen above.
            await().atMost(LIMIT).until(() -> target.running("s1-server"));

            assertThatThrownBy(() -> target.killHost("s9")).hasMessageContaining("db, zk1, kafka1, g1, s1");
            target.freezeHost("g1"); // closing must end it all the same
        }
        String run = logs.getName(logs.getNameCount() - 3).toString();
        assertThat(logs).doesNotExist();
        assertThat(Commands.run("ip", "netns", "list")).doesNotContain(run + "-");
        assertThat(ProcessHandle.allProcesses()
                        .filter(ProcessHandle::isAlive)
                        .map(process -> process.info().commandLine().orElse("")))
                .noneMatch(line -> line.contains(run));
    }

    /** The server dates its answers by its own clock. */
    private static void clockJumps(NamespaceTarget target) {
        assertThat(aheadSeconds(target)).isBetween(-10L, 10L);
        target.stepClock("s1", Duration.ofHours(1));
        await().atMost(LIMIT).until(() -> aheadSeconds(target) > 3_500);
        target.stepClock("s1", Duration.ofMinutes(-10));
        await().atMost(LIMIT).until(() -> aheadSeconds(target) < -500);
        target.stepClock("s1", Duration.ZERO);
        await().atMost(LIMIT).until(() -> Math.abs(aheadSeconds(target)) < 10);
        DriverManagerDataSource source =
                new DriverManagerDataSource(target.jdbcUrl(), target.databaseUser(), target.databasePassword());
        assertThat(JdbcClient.create(source)
                        .sql("select count(*) from ha_lease where state = 'HELD' and expires_at > clock_timestamp()")
                        .query(Long.class)
                        .single())
                .as("leases go by the database's clock and by monotonic time")
                .isPositive();
    }

    private static long aheadSeconds(NamespaceTarget target) {
        try {
            long date = open(target).getHeaderFieldDate("Date", 0);
            return (date - Instant.now().toEpochMilli()) / 1_000;
        } catch (IOException e) {
            return 0;
        }
    }

    private static boolean answers(NamespaceTarget target) {
        try {
            return open(target).getResponseCode() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static HttpURLConnection open(NamespaceTarget target) throws IOException {
        URI address = URI.create(Objects.requireNonNull(target.restUrls().get("s1")) + "/api/v1/servers");
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(2_000);
        connection.setReadTimeout(3_000);
        return connection;
    }
}
