package io.callisto.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Servers, services, roles and wishes, as the membership tables have them. */
@Requirement("AD-7")
final class ClusterApiTest {
    private static final String S1 = "00000000-0000-0000-0000-000000000001";
    private static final String S2 = "00000000-0000-0000-0000-000000000002";

    @RegisterExtension
    static final ConsoleExtension CONSOLE =
            new ConsoleExtension(1, Map.of("callisto.console.node-silent-after", "10m"));

    private final Rest root = CONSOLE.as("root");

    @BeforeAll
    static void twoServers() {
        JdbcClient jdbc = CONSOLE.jdbc();
        jdbc.sql("""
                        insert into ha_node (node_id, server, process, pid, services, endpoints, state) values
                          (cast(:s1 as uuid), 's1', 'server', 1, '{campaign-director,campaign-manager,console}',
                           '{"console": "http://h1:80"}', 'RUNNING'),
                          (cast(:s2 as uuid), 's2', 'server', 2, '{campaign-director,campaign-manager}', '{}',
                            'RUNNING')
                        """).param("s1", S1).param("s2", S2).update();
        jdbc.sql("insert into ha_fence (scope, epoch, owner) values ('director', 5, cast(:s1 as uuid))")
                .param("s1", S1)
                .update();
        jdbc.sql("""
                        insert into ha_lease (scope, epoch, owner, state, ttl_millis, expires_at)
                        values ('director', 5, cast(:s1 as uuid), 'HELD', 600000, clock_timestamp() + interval '9
                          minutes')
                        """).param("s1", S1).update();
        jdbc.sql("""
                        insert into ha_transition (scope, epoch, to_owner, reason)
                        values ('director', 5, cast(:s1 as uuid), 'EXPIRED')
                        """).param("s1", S1).update();
    }

    @Test
    void servers_show_their_services_as_master_dormant_or_running() {
        JsonNode servers = root.get("/api/v1/servers").json().path("items");
        assertThat(servers.get(0).path("server").asString()).isEqualTo("s1");
        assertThat(servers.get(0).path("state").asString()).isEqualTo("RUNNING");
        assertThat(state(servers.get(0), "campaign-director")).isEqualTo("MASTER");
        assertThat(state(servers.get(0), "campaign-manager")).isEqualTo("RUNNING");
        assertThat(state(servers.get(1), "campaign-director")).isEqualTo("DORMANT");
        JsonNode console = root.get("/api/v1/services")
                .json()
                .path("items")
                .valueStream()
                .filter(entry -> entry.path("service").asString().equals("console"))
                .findFirst()
                .orElseThrow();
        assertThat(console.path("endpoint").asString()).isEqualTo("http://h1:80");
        assertThat(console.path("heartbeatAgeMillis").asLong()).isNotNegative();
    }

    @Test
    void roles_show_owner_epoch_and_age_of_the_lease() {
        JsonNode role = root.get("/api/v1/roles").json().path("items").get(0);
        assertThat(role.path("scope").asString()).isEqualTo("director");
        assertThat(role.path("ownerServer").asString()).isEqualTo("s1");
        assertThat(role.path("epoch").asLong()).isEqualTo(5);
        assertThat(role.path("state").asString()).isEqualTo("HELD");
        assertThat(role.path("reason").asString()).isEqualTo("EXPIRED");
        assertThat(role.path("leaseAgeMillis").asLong()).isBetween(60_000L, 180_000L);
    }

    @Test
    void a_wish_is_kept_with_its_author_and_can_be_taken_back() {
        String path = "/api/v1/servers/s2/services/campaign-manager/wish";
        JsonNode wish = root.put(path, "{\"wish\":\"STOP\"}").json();
        assertThat(wish.path("wish").asString()).isEqualTo("STOP");
        assertThat(wish.path("changedBy").asString()).isEqualTo("root");
        assertThat(state(root.get("/api/v1/servers").json().path("items").get(1), "campaign-manager"))
                .isEqualTo("STOPPING");
        assertThat(root.put(path, "{\"wish\":\"RUN\"}").status()).isEqualTo(200);
        assertThat(state(root.get("/api/v1/servers").json().path("items").get(1), "campaign-manager"))
                .isEqualTo("RUNNING");
    }

    @Test
    void wishes_that_make_no_sense_are_refused() {
        assertThat(root.put("/api/v1/servers/s1/services/teapot/wish", "{\"wish\":\"RUN\"}")
                        .fields())
                .containsExactly("service");
        assertThat(root.put("/api/v1/servers/s9/services/console/wish", "{\"wish\":\"RUN\"}")
                        .problem())
                .isEqualTo("not-found");
        assertThat(root.put("/api/v1/servers/s1/services/console/wish", "{\"wish\":\"NAP\"}")
                        .fields())
                .containsExactly("wish");
        Rest.Answer last = root.put("/api/v1/servers/s1/services/console/wish", "{\"wish\":\"STOP\"}");
        assertThat(last.status()).isEqualTo(409);
        assertThat(last.problem()).isEqualTo("conflict");
    }

    @Test
    void zones_and_organisations_can_be_made_and_listed() {
        assertThat(root.post("/api/v1/zones", "{\"name\":\"West\"}")
                        .json()
                        .path("zoneId")
                        .asInt())
                .isEqualTo(1);
        assertThat(root.get("/api/v1/zones").json().path("items").size()).isEqualTo(2);
        assertThat(root.post("/api/v1/zones", "{\"name\":\"West\"}").problem()).isEqualTo("already-exists");
        assertThat(root.post("/api/v1/organisations", "{\"name\":\"South\"}").status())
                .isEqualTo(201);
        assertThat(root.get("/api/v1/organisations").json().path("items").size())
                .isEqualTo(3);
    }

    @Test
    void services_show_what_they_own_where_they_run_and_what_the_brokers_say() {
        CONSOLE.jdbc().sql("""
                        insert into broker_status (server, state) values ('s1', 'DORMANT'), ('s2', 'MASTER')
                        on conflict do nothing
                        """).update();
        List<String> roles = root.get("/api/v1/services")
                .json()
                .path("items")
                .valueStream()
                .map(entry -> entry.path("server").asString() + " "
                        + entry.path("service").asString() + " "
                        + entry.path("role").asString() + " "
                        + entry.path("pid").asString())
                .toList();
        assertThat(roles)
                .containsExactly(
                        "s1 broker DORMANT ",
                        "s1 campaign-director MASTER 1",
                        "s1 campaign-manager RUNNING 1",
                        "s1 console RUNNING 1",
                        "s2 broker MASTER ",
                        "s2 campaign-director DORMANT 2",
                        "s2 campaign-manager RUNNING 2");
        assertThat(root.put("/api/v1/servers/s1/services/broker/wish", "{\"wish\":\"STOP\"}")
                        .fields())
                .containsExactly("service");
    }

    @Test
    @Requirement("DEP-7")
    void a_server_whose_clock_is_off_shows_it_with_an_alarm() {
        CONSOLE.jdbc()
                .sql("update ha_node set clock_skew_millis = case server when 's1' then 3600000 else -3 end")
                .update();
        JsonNode servers = root.get("/api/v1/servers").json().path("items");
        assertThat(servers.get(0).path("clockSkewMillis").asLong()).isEqualTo(3_600_000);
        assertThat(servers.get(0).path("clockSkewAlarm").asBoolean()).isTrue();
        assertThat(servers.get(1).path("clockSkewMillis").asLong()).isEqualTo(-3);
        assertThat(servers.get(1).path("clockSkewAlarm").asBoolean()).isFalse();
    }

    @Test
    void transitions_are_the_history_newest_first_page_by_page() {
        JdbcClient jdbc = CONSOLE.jdbc();
        for (int i = 1; i <= 5; i++) {
            jdbc.sql("""
                            insert into ha_transition (scope, epoch, from_owner, to_owner, reason, seen_at, at,
                              ready_at,
                                                       first_work_at, first_work)
                            values (:scope, :epoch, cast(:s1 as uuid), cast(:s2 as uuid), 'EXPIRED',
                                    timestamptz '2000-01-01 00:00:00Z', timestamptz '2000-01-01 00:00:00.1Z',
                                    timestamptz '2000-01-01 00:00:00.2Z', timestamptz '2000-01-01 00:00:00.75Z', 'tick')
                            """)
                    .param("scope", "agent-manager/" + i % 2)
                    .param("epoch", i)
                    .param("s1", S1)
                    .param("s2", S2)
                    .update();
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        for (int pages = 0; pages < 10; pages++) {
            JsonNode page = root.get("/api/v1/transitions?limit=2" + cursor).json();
            page.path("items")
                    .valueStream()
                    .map(item -> item.path("scope").asString() + " "
                            + item.path("epoch").asLong())
                    .forEach(seen::add);
            if (page.path("nextCursor").isNull()) {
                break;
            }
            cursor = "&cursor=" + page.path("nextCursor").asString();
        }
        assertThat(seen)
                .as("of one instant, too")
                .containsExactly(
                        "director 5",
                        "agent-manager/1 5",
                        "agent-manager/1 3",
                        "agent-manager/1 1",
                        "agent-manager/0 4",
                        "agent-manager/0 2");
        JsonNode one = root.get("/api/v1/transitions?scope=agent-manager/0&limit=1")
                .json()
                .path("items")
                .get(0);
        assertThat(one.path("fromServer").asString()).isEqualTo("s1");
        assertThat(one.path("toServer").asString()).isEqualTo("s2");
        assertThat(one.path("tookMillis").asLong()).isEqualTo(750);
        assertThat(one.path("firstWork").asString()).isEqualTo("tick");
        assertThat(root.get("/api/v1/transitions?cursor=x").problem()).isEqualTo("invalid-cursor");
        assertThat(CONSOLE.as("nora").get("/api/v1/transitions").status()).isEqualTo(403);
    }

    private static String state(JsonNode server, String service) {
        return server.path("services")
                .valueStream()
                .filter(entry -> entry.path("service").asString().equals(service))
                .findFirst()
                .orElseThrow()
                .path("state")
                .asString();
    }
}
