package io.callisto.drills.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.drills.history.Owner;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RoleTableTest {
    private static final List<String> SERVERS = List.of("s1", "s2", "s3");
    private static final Map<String, String> ZONES = Map.of("0", "Default", "1", "West");

    @Test
    void three_servers_and_two_zones_look_as_in_poms_table() {
        List<String> lines = new RoleTable(
                        SERVERS,
                        Set.of(),
                        ZONES,
                        List.of(
                                held("director", "s1"),
                                held("director/0", "s1"),
                                held("director/1", "s2"),
                                held("agent-manager/0", "s1"),
                                held("agent-manager/1", "s2"),
                                held("rule-engine", "s1"),
                                held("job/7/0", "s3"),
                                held("outbox/0", "s2")),
                        Set.of("s1"))
                .lines();
        assertThat(lines)
                .containsExactly(
                        "                     s1                        s2              s3",
                        "  Campaign Director  MASTER (Common, Default)  DORMANT (West)  DORMANT",
                        "  Campaign Manager   RUNNING                   RUNNING         RUNNING (dials Default)",
                        "  Agent Manager      MASTER (Default)          MASTER (West)   DORMANT",
                        "  Rule Engine        MASTER                    DORMANT         DORMANT",
                        "  Message Broker     MASTER                    DORMANT         DORMANT",
                        "  Event Relay        DORMANT                   MASTER          DORMANT",
                        "  Cache Service      RUNNING                   RUNNING         RUNNING");
    }

    @Test
    void a_lost_server_is_stopped_whatever_rows_still_say() {
        List<String> lines = new RoleTable(
                        List.of("s1", "s2"),
                        Set.of("s1"),
                        ZONES,
                        List.of(held("rule-engine", "s1"), held("director", "s2")),
                        Set.of("s1", "s2"))
                .lines();
        assertThat(lines.subList(1, lines.size())).allMatch(line -> line.contains("STOPPED"));
        assertThat(lines.get(1)).endsWith("MASTER (Common)");
        assertThat(lines.get(4)).endsWith("DORMANT");
    }

    @Test
    void a_role_that_nobody_holds_any_more_has_no_master() {
        Owner expired = new Owner("rule-engine", 1, UUID.randomUUID(), "s1", "server", false);
        assertThat(new RoleTable(List.of("s1"), Set.of(), ZONES, List.of(expired), Set.of())
                        .lines()
                        .get(4))
                .endsWith("DORMANT");
    }

    private static Owner held(String scope, String server) {
        return new Owner(scope, 1, UUID.randomUUID(), server, "server", true);
    }
}
