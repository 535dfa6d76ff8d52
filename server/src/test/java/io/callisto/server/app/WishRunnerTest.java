package io.callisto.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A process of one service that nobody supervises, as in a container. */
class WishRunnerTest {
    /** Long enough to tell what a message did from what a look did. */
    private static final Duration LOOK = Duration.ofSeconds(8);

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private final JdbcClient jdbc = JdbcClient.create(DB.dataSource());
    private final RunningServices services = RunningServices.one(ServiceName.RULE_ENGINE, new String[] {
        "--callisto.server-name=s1",
        "--callisto.process=rule-engine",
        "--callisto.zookeeper.connect-string=127.0.0.1:1",
        "--callisto.kafka.bootstrap-servers=127.0.0.1:1",
        "--callisto.cache.enabled=false",
        "--spring.datasource.url=" + DB.jdbcUrl(),
        "--spring.datasource.username=" + DB.user(),
        "--spring.datasource.password=" + DB.password(),
        "--spring.main.banner-mode=off"
    });
    private final SingleConnectionDataSource connection =
            new SingleConnectionDataSource(DB.jdbcUrl(), DB.user(), DB.password(), true);
    private final WishRunner wishes = new WishRunner(services, new JdbcWishStore(connection, "s1"), LOOK);
    private final Thread thread = new Thread(this::run, "wishes");

    @AfterEach
    void end() throws InterruptedException {
        services.close();
        thread.join(30_000);
        connection.destroy();
    }

    @Test
    @Requirement("FS-7")
    void a_service_hands_over_at_once_when_wished_stopped_and_comes_back_in_the_same_process() {
        wishes.start();
        thread.start();
        await().atMost(LIMIT).until(() -> tookOver() == 1);
        assertThat(services.state()).isEqualTo("RUNNING");
        assertThat(owners()).containsExactly("rule-engine");

        long from = System.nanoTime();
        wish("STOP");
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(10)).until(() -> owners().isEmpty());
        long millis = Duration.ofNanos(System.nanoTime() - from).toMillis();
        System.out.println("wish to release, milliseconds: " + millis);
        assertThat(millis).as("milliseconds from wish to release").isLessThan(LOOK.toMillis() / 2);
        await().atMost(LIMIT).until(() -> services.state().equals("STOPPED"));
        assertThat(states()).containsExactly("STOPPED");

        wish("RUN");
        await().atMost(LIMIT).until(() -> services.state().equals("RUNNING"));
        await().atMost(LIMIT).until(() -> tookOver() == 2);
        assertThat(states()).containsExactly("STOPPED", "RUNNING");

        // a message that was lost is made up for by the next look
        jdbc.sql("update service_wish set wish = 'STOP', changed_at = clock_timestamp()")
                .update();
        await().atMost(LIMIT).until(() -> services.state().equals("STOPPED"));
    }

    private void run() {
        try {
            wishes.run();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void wish(String wish) {
        jdbc.sql("""
                with wished as (
                  insert into service_wish (server, service, wish, changed_by)
                  values ('s1', 'rule-engine', :wish, 'me')
                  on conflict (server, service) do update set wish = excluded.wish, changed_at = clock_timestamp()
                  returning 1)
                select pg_notify('callisto_wish', 's1/rule-engine') from wished
                """).param("wish", wish).query((row, number) -> "").list();
    }

    private List<String> owners() {
        return jdbc.sql("select scope from ha_lease where state <> 'RELEASED' order by scope")
                .query(String.class)
                .list();
    }

    private List<String> states() {
        return jdbc.sql("select state from ha_node order by started_at")
                .query(String.class)
                .list();
    }

    private int tookOver() {
        return jdbc.sql("select count(*) from ha_transition where ready_at is not null")
                .query(Integer.class)
                .single();
    }
}
