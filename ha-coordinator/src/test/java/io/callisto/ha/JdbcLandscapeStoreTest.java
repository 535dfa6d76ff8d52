package io.callisto.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcLandscapeStoreTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final Scope DIRECTOR = new Scope("director");

    private final JdbcClient jdbc = JdbcClient.create(DB.dataSource());
    private final JdbcLandscapeStore store = new JdbcLandscapeStore(jdbc, 5_000);

    @BeforeEach
    void nobody() {
        jdbc.sql("truncate ha_node cascade").update();
    }

    @Test
    @Requirement("CD-2")
    void it_tells_who_lives_and_whose_process_has_just_begun() {
        node("s1", 60, "campaign-director", "rule-engine");
        node("s2", 3, "campaign-director");
        node("s2", 60, "rule-engine");

        Landscape landscape = store.landscape(List.of(DIRECTOR));

        assertThat(landscape.services())
                .containsOnly(
                        Map.entry("s1", Set.of("campaign-director", "rule-engine")),
                        Map.entry("s2", Set.of("campaign-director", "rule-engine")));
        assertThat(landscape.fresh()).containsOnly(Map.entry("s2", Set.of("campaign-director")));
        assertThat(landscape.roles()).isEmpty();
        assertThat(landscape.previous()).isEmpty();
    }

    private void node(String server, int upSeconds, String... services) {
        jdbc.sql("""
                insert into ha_node (node_id, server, process, pid, services, state, started_at)
                values (:node, :server, :process, 1, :services, 'RUNNING',
                        clock_timestamp() - :up * interval '1 second')
                """)
                .param("node", UUID.randomUUID())
                .param("server", server)
                .param("process", Arrays.toString(services))
                .param("services", services)
                .param("up", upSeconds)
                .update();
    }
}
