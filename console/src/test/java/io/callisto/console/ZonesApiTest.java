package io.callisto.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Zones by REST: make, rename, delete, allocate, move. */
final class ZonesApiTest {
    @RegisterExtension
    static final ConsoleExtension CONSOLE = new ConsoleExtension(2, java.util.Map.of());

    private final Rest root = CONSOLE.as("root");
    private final JdbcClient jdbc = CONSOLE.jdbc();

    @BeforeEach
    void twoServers() {
        jdbc.sql("truncate ha_node, ha_fence, ha_lease, ha_transition, scope_wish, service_wish, command, audit_entry")
                .update();
        jdbc.sql("delete from contact_list").update();
        jdbc.sql("delete from zone where zone_id <> 0").update();
        jdbc.sql("insert into server (name) values ('s1'), ('s2'), ('s3') on conflict do nothing")
                .update();
        for (int i = 1; i <= 2; i++) {
            jdbc.sql("""
                            insert into ha_node (node_id, server, process, pid, services, state) values
                              (cast(:node as uuid), :server, 'server', 1, '{campaign-director,agent-manager}',
                               'RUNNING')
                            """).param("node", node(i)).param("server", "s" + i).update();
        }
    }

    private static String node(int server) {
        return "00000000-0000-0000-0000-00000000000" + server;
    }

    private void owned(String scope, int server) {
        jdbc.sql("insert into ha_fence (scope, epoch, owner) values (:scope, 7, cast(:node as uuid))")
                .param("scope", scope)
                .param("node", node(server))
                .update();
        jdbc.sql("""
                        insert into ha_lease (scope, epoch, owner, state, ttl_millis, expires_at) values
                          (:scope, 7, cast(:node as uuid), 'HELD', 60000, clock_timestamp() + interval '1 minute')
                        """).param("scope", scope).param("node", node(server)).update();
        jdbc.sql("insert into ha_transition (scope, epoch, to_owner, reason) values (:scope, 7, cast(:node as uuid),"
                        + " 'FIRST')")
                .param("scope", scope)
                .param("node", node(server))
                .update();
    }

    private int zone(String name) {
        Rest.Answer made = root.post("/api/v1/zones", "{\"name\":\"" + name + "\"}");
        assertThat(made.status()).isEqualTo(201);
        int id = made.json().path("zoneId").asInt();
        assertThat(made.header("Location")).endsWith("/api/v1/zones/" + id);
        return id;
    }

    private List<String> wishes() {
        return jdbc.sql("select scope || '=' || server || ' by ' || changed_by from scope_wish order by scope")
                .query(String.class)
                .list();
    }

    private List<String> orders() {
        return jdbc.sql("select scope || ' ' || kind || ' ' || payload from command order by id")
                .query(String.class)
                .list();
    }

    @Test
    void a_zone_shows_where_its_roles_are_wanted_and_where_they_are() {
        int west = zone("West");
        owned("director/" + west, 1);
        jdbc.sql("insert into scope_wish (scope, server, changed_by) values (:scope, 's2', 'test')")
                .param("scope", "director/" + west)
                .update();
        JsonNode zone = root.get("/api/v1/zones/" + west).json();
        assertThat(zone.path("name").asString()).isEqualTo("West");
        assertThat(zone.path("state").asString()).isEqualTo("ACTIVE");
        assertThat(zone.path("director").path("allocated").asString()).isEqualTo("s2");
        assertThat(zone.path("director").path("current").asString()).isEqualTo("s1");
        assertThat(zone.path("director").path("epoch").asLong()).isEqualTo(7);
        assertThat(zone.path("director").path("since").asString()).isNotEmpty();
        assertThat(zone.path("agentManager").path("current").isNull()).isTrue();
        assertThat(root.get("/api/v1/zones").json().path("items").get(1)).isEqualTo(zone);
        assertThat(root.get("/api/v1/zones/999").problem()).isEqualTo("not-found");
        JsonNode seenByOne = CONSOLE.as("nora").get("/api/v1/zones/" + west).json();
        assertThat(seenByOne.path("name").asString()).isEqualTo("West");
        assertThat(seenByOne.path("director").isNull())
                .as("servers are not theirs to see")
                .isTrue();
    }

    @Test
    void an_expired_role_and_one_of_a_dead_node_are_held_by_nobody() {
        int west = zone("West");
        owned("director/" + west, 1);
        owned("agent-manager/" + west, 2);
        jdbc.sql("update ha_lease set expires_at = clock_timestamp() - interval '1 ms' where scope like 'director/%'")
                .update();
        jdbc.sql("update ha_node set state = 'DEAD', died_at = clock_timestamp() where server = 's2'")
                .update();
        JsonNode zone = root.get("/api/v1/zones/" + west).json();
        assertThat(zone.path("director").path("current").isNull()).isTrue();
        assertThat(zone.path("agentManager").path("current").isNull()).isTrue();
        assertThat(zone.path("agentManager").path("epoch").asLong()).isEqualTo(7);
    }

    @Test
    @Requirement("DEP-8")
    void a_zone_is_renamed_from_any_server_once_its_name_is_free() {
        int west = zone("West");
        Rest second = CONSOLE.as("root", 2);
        assertThat(second.patch("/api/v1/zones/" + west, "{\"name\":\"North\"}")
                        .json()
                        .path("name")
                        .asString())
                .isEqualTo("North");
        assertThat(second.patch("/api/v1/zones/" + west, "{\"name\":\"Default\"}")
                        .problem())
                .isEqualTo("already-exists");
        assertThat(second.patch("/api/v1/zones/999", "{\"name\":\"South\"}").problem())
                .isEqualTo("not-found");
        assertThat(second.patch("/api/v1/zones/" + west, "{\"name\":\" \"}").fields())
                .containsExactly("name");
    }

    @Test
    void a_zone_in_use_is_not_deleted_and_the_answer_says_by_what() {
        int west = zone("West");
        assertThat(root.post("/api/v1/contact-lists", "{\"name\":\"Wild\",\"zoneId\":" + west + "}")
                        .status())
                .isEqualTo(201);
        Rest.Answer refused = root.delete("/api/v1/zones/" + west);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("detail").asString()).contains("1 contact lists", "0 open jobs");
        assertThat(root.delete("/api/v1/zones/0").problem()).isEqualTo("conflict");
        assertThat(root.delete("/api/v1/zones/999").problem()).isEqualTo("not-found");
    }

    @Test
    void a_zone_that_is_being_deleted_takes_nothing_new() {
        int west = zone("West");
        owned("director/" + west, 1);
        Rest.Answer deleted = root.delete("/api/v1/zones/" + west);
        assertThat(deleted.status()).isEqualTo(202);
        assertThat(deleted.json().path("state").asString()).isEqualTo("DELETING");
        assertThat(root.delete("/api/v1/zones/" + west).status()).as("again").isEqualTo(202);
        assertThat(root.get("/api/v1/zones/" + west).json().path("state").asString())
                .as("its owner lets go first")
                .isEqualTo("DELETING");
        assertThat(root.post("/api/v1/contact-lists", "{\"name\":\"Late\",\"zoneId\":" + west + "}")
                        .fields())
                .containsExactly("zoneId");
        assertThat(root.patch("/api/v1/zones/" + west, "{\"name\":\"Late\"}").problem())
                .isEqualTo("conflict");
        assertThat(root.put("/api/v1/zones/" + west + "/allocation", "{\"director\":\"s1\"}")
                        .problem())
                .isEqualTo("conflict");
        assertThat(root.post("/api/v1/zones/" + west + "/allocation/apply", "{\"director\":\"s1\"}")
                        .problem())
                .isEqualTo("conflict");
    }

    @Test
    @Requirement("AM-10")
    void save_stores_the_allocation_and_orders_nothing() {
        int west = zone("West");
        owned("agent-manager/" + west, 1);
        String path = "/api/v1/zones/" + west + "/allocation";
        JsonNode saved =
                root.put(path, "{\"director\":\"s3\",\"agentManager\":\"s2\"}").json();
        assertThat(saved.path("agentManager").path("allocated").asString()).isEqualTo("s2");
        assertThat(saved.path("agentManager").path("current").asString()).isEqualTo("s1");
        assertThat(wishes())
                .containsExactly("agent-manager/" + west + "=s2 by root", "director/" + west + "=s3 by root");
        assertThat(orders()).isEmpty();

        assertThat(root.put(path, "{\"director\":null,\"agentManager\":\"s1\"}").status())
                .isEqualTo(200);
        assertThat(wishes()).containsExactly("agent-manager/" + west + "=s1 by root");
        assertThat(jdbc.sql("select action || ' ' || target || ' ' || (detail -> 'before' ->> 'director')"
                                + " from audit_entry order by audit_id desc limit 1")
                        .query(String.class)
                        .single())
                .isEqualTo("zone.allocate zone/" + west + " s3");
    }

    @Test
    @Requirement("AM-10")
    void save_and_apply_warns_and_with_a_confirmation_orders_the_owners_to_hand_over() {
        int west = zone("West");
        owned("director/" + west, 2);
        owned("agent-manager/" + west, 1);
        String path = "/api/v1/zones/" + west + "/allocation/apply";
        Rest.Answer warned = root.post(path, "{\"director\":\"s2\",\"agentManager\":\"s2\"}");
        assertThat(warned.status()).isEqualTo(200);
        assertThat(warned.json().path("applied").asBoolean()).isFalse();
        assertThat(warned.json().path("agentsToLogOut").asInt(-1)).isZero();
        assertThat(warned.json().path("warning").asString())
                .contains("agent-manager/" + west + " from s1 to s2", "0 agents", "confirm")
                .doesNotContain("director/" + west);
        assertThat(wishes()).isEmpty();
        assertThat(orders()).isEmpty();

        Rest.Answer applied = root.post(path, "{\"director\":\"s2\",\"agentManager\":\"s2\",\"confirm\":true}");
        assertThat(applied.status()).isEqualTo(202);
        assertThat(applied.json().path("applied").asBoolean()).isTrue();
        assertThat(orders()).containsExactly("agent-manager/" + west + " MOVE_ZONE {\"to\": \"s2\"}");
        assertThat(wishes())
                .containsExactly("agent-manager/" + west + "=s2 by root", "director/" + west + "=s2 by root");
        long order = applied.json().path("moves").get(0).path("commandId").asLong();
        assertThat(root.get("/api/v1/commands/" + order).json().path("state").asString())
                .isEqualTo("PENDING");
    }

    @Test
    @Requirement("AM-10")
    void what_nobody_holds_yet_is_ordered_too_so_that_whoever_claims_it_first_hands_it_on() {
        int fresh = zone("Fresh");
        Rest.Answer applied =
                root.post("/api/v1/zones/" + fresh + "/allocation/apply", "{\"agentManager\":\"s2\",\"confirm\":true}");
        assertThat(applied.status()).isEqualTo(202);
        assertThat(applied.json().path("warning").asString()).contains("held by nobody");
        assertThat(orders()).containsExactly("agent-manager/" + fresh + " MOVE_ZONE {\"to\": \"s2\"}");
    }

    @Test
    @Requirement("AM-10")
    void the_saved_allocation_is_applied_where_none_is_given() {
        int west = zone("West");
        String path = "/api/v1/zones/" + west + "/allocation/apply";
        owned("director/" + west, 1);
        assertThat(root.post(path, "{\"confirm\":true}").fields()).containsExactly("director", "agentManager");
        root.put("/api/v1/zones/" + west + "/allocation", "{\"director\":\"s2\"}");
        assertThat(root.post(path, "{\"confirm\":true}").status()).isEqualTo(202);
        assertThat(orders()).containsExactly("director/" + west + " MOVE_ZONE {\"to\": \"s2\"}");
        assertThat(wishes()).containsExactly("director/" + west + "=s2 by root");
    }

    @Test
    void a_server_that_is_unknown_stopped_or_away_is_refused_with_the_reason() {
        int west = zone("West");
        String path = "/api/v1/zones/" + west + "/allocation";
        assertThat(root.put(path, "{\"director\":\"s9\",\"agentManager\":\"s8\"}")
                        .fields())
                .containsExactly("director", "agentManager");
        jdbc.sql("insert into service_wish values ('s2', 'agent-manager', 'STOP', now(), 'test')")
                .update();
        Rest.Answer stopped = root.put(path, "{\"agentManager\":\"s2\"}");
        assertThat(stopped.problem()).isEqualTo("conflict");
        assertThat(stopped.json().path("detail").asString()).contains("agent-manager is stopped on server s2");
        Rest.Answer away = root.post(path + "/apply", "{\"director\":\"s3\",\"confirm\":true}");
        assertThat(away.problem()).isEqualTo("conflict");
        assertThat(away.json().path("detail").asString()).contains("Server s3 does not run campaign-director now");
        assertThat(root.put("/api/v1/zones/999/allocation", "{}").problem()).isEqualTo("not-found");
        assertThat(root.post("/api/v1/zones/999/allocation/apply", "{\"director\":\"s1\"}")
                        .problem())
                .isEqualTo("not-found");
        assertThat(wishes()).isEmpty();
        assertThat(orders()).isEmpty();
    }

    @Test
    void only_administrators_of_all_organisations_change_zones() {
        for (String user : List.of("sue", "audrey", "nora")) {
            Rest rest = CONSOLE.as(user);
            assertThat(rest.post("/api/v1/zones", "{\"name\":\"X\"}").status())
                    .as(user)
                    .isEqualTo(403);
            assertThat(rest.patch("/api/v1/zones/0", "{\"name\":\"X\"}").status())
                    .as(user)
                    .isEqualTo(403);
            assertThat(rest.delete("/api/v1/zones/1").status()).as(user).isEqualTo(403);
            assertThat(rest.put("/api/v1/zones/0/allocation", "{}").status())
                    .as(user)
                    .isEqualTo(403);
            assertThat(rest.post("/api/v1/zones/0/allocation/apply", "{}").status())
                    .as(user)
                    .isEqualTo(403);
        }
    }
}
