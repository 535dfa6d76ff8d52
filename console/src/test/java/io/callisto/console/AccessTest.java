package io.callisto.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may do what, and who sees what. */
@Requirement("AD-7")
final class AccessTest {
    @RegisterExtension
    static final ConsoleExtension CONSOLE = new ConsoleExtension();

    private final Rest root = CONSOLE.as("root");
    private final Rest sue = CONSOLE.as("sue");
    private final Rest audrey = CONSOLE.as("audrey");
    private final Rest nora = CONSOLE.as("nora");

    @Test
    void nobody_gets_in_without_a_valid_name_and_password() {
        String base = "http://127.0.0.1:" + CONSOLE.port(1);
        for (Rest stranger : new Rest[] {
            new Rest(base),
            new Rest(base, "root", "wrong"),
            new Rest(base, "nobody", "opensesame"),
            new Rest(base).with("Authorization", "Basic !!!"),
            new Rest(base, "a\0b", "x"),
        }) {
            Rest.Answer answer = stranger.get("/api/v1/jobs");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.problem()).isEqualTo("unauthenticated");
            assertThat(answer.header("WWW-Authenticate")).startsWith("Basic");
        }
        assertThat(new Rest(base).get("/v3/api-docs").status()).isEqualTo(401);
        assertThat(new Rest(base).get("/anything").status()).isEqualTo(401);
    }

    @Test
    void a_user_who_is_disabled_is_out_at_once() {
        String user = "{\"name\":\"tim\",\"password\":\"a long password\",\"role\":\"AUDITOR\"}";
        assertThat(root.post("/api/v1/users", user).status()).isEqualTo(201);
        Rest tim = new Rest("http://127.0.0.1:" + CONSOLE.port(1), "tim", "a long password");
        assertThat(tim.get("/api/v1/jobs").status()).isEqualTo(200);
        CONSOLE.jdbc()
                .sql("update app_user set enabled = false where name = 'tim'")
                .update();
        assertThat(tim.get("/api/v1/jobs").status()).isEqualTo(401);
    }

    @Test
    void an_auditor_reads_and_changes_nothing() {
        assertThat(audrey.get("/api/v1/jobs").status()).isEqualTo(200);
        assertThat(audrey.get("/api/v1/servers").status()).isEqualTo(200);
        assertThat(audrey.post("/api/v1/contact-lists", "{\"name\":\"x\"}").problem())
                .isEqualTo("forbidden");
        assertThat(audrey.get("/api/v1/do-not-call").problem()).isEqualTo("forbidden");
        assertThat(audrey.get("/api/v1/users").problem()).isEqualTo("forbidden");
    }

    @Test
    void a_supervisor_runs_campaigns_but_no_servers_and_users() {
        assertThat(sue.post("/api/v1/contact-lists", "{\"name\":\"sue's\"}").status())
                .isEqualTo(201);
        assertThat(sue.put("/api/v1/servers/s1/services/console/wish", "{\"wish\":\"STOP\"}")
                        .problem())
                .isEqualTo("forbidden");
        assertThat(sue.post("/api/v1/zones", "{\"name\":\"z\"}").problem()).isEqualTo("forbidden");
        assertThat(sue.post("/api/v1/organisations", "{\"name\":\"o\"}").problem())
                .isEqualTo("forbidden");
        assertThat(sue.get("/api/v1/users").problem()).isEqualTo("forbidden");
    }

    @Test
    void an_agent_has_no_business_here() {
        assertThat(CONSOLE.as("agnes").get("/api/v1/jobs").problem()).isEqualTo("forbidden");
        assertThat(CONSOLE.as("agnes").get("/v3/api-docs").problem()).isEqualTo("forbidden");
    }

    @Test
    void a_user_of_an_organisation_sees_only_that_organisation() {
        int defaults = Samples.contactList(root, "of the default organisation");
        int norths = Samples.contactList(nora, "of the north");
        assertThat(nora.get("/api/v1/contact-lists/" + defaults).problem()).isEqualTo("not-found");
        assertThat(root.get("/api/v1/contact-lists/" + norths).problem()).isEqualTo("not-found");
        assertThat(nora.get("/api/v1/contact-lists").json().path("items").size())
                .isEqualTo(1);
        assertThat(nora.get("/api/v1/contact-lists?organisationId=0").problem()).isEqualTo("other-organisation");
        assertThat(nora.with("X-Organisation-Id", "0")
                        .get("/api/v1/contact-lists")
                        .problem())
                .isEqualTo("other-organisation");
        assertThat(root.get("/api/v1/contact-lists/" + norths + "?organisationId=1")
                        .status())
                .isEqualTo(200);
        assertThat(root.with("X-Organisation-Id", "1")
                        .get("/api/v1/contact-lists/" + norths)
                        .status())
                .isEqualTo(200);
        assertThat(root.get("/api/v1/contact-lists?organisationId=77").problem())
                .isEqualTo("not-found");
    }

    @Test
    void the_same_name_may_be_used_by_two_organisations_and_their_parts_do_not_mix() {
        int strategy = Samples.strategy(root, "shared name");
        int list = Samples.contactList(root, "shared name");
        Rest.Answer answer = nora.post(
                "/api/v1/campaigns",
                "{\"name\":\"thief\",\"strategyId\":%d,\"contactListIds\":[%d]}".formatted(strategy, list));
        assertThat(answer.fields()).containsExactly("strategyId", "contactListIds[0]");
        assertThat(Samples.campaign(nora, "shared name")).isPositive();
        long job = Samples.job(root, "of all");
        assertThat(nora.get("/api/v1/jobs/" + job).problem()).isEqualTo("not-found");
        assertThat(nora.post("/api/v1/jobs/" + job + "/stop").problem()).isEqualTo("not-found");
        assertThat(nora.get("/api/v1/jobs/" + job + "/attempts").problem()).isEqualTo("not-found");
        long command = root.post("/api/v1/jobs/" + job + "/pause")
                .json()
                .path("commandId")
                .asLong();
        assertThat(nora.get("/api/v1/commands/" + command).problem()).isEqualTo("not-found");
        assertThat(root.get("/api/v1/commands/" + command).status()).isEqualTo(200);
    }

    @Test
    void an_administrator_of_an_organisation_makes_users_of_it_only_and_sees_no_servers() {
        assertThat(nora.post(
                                "/api/v1/users",
                                "{\"name\":\"ned\",\"password\":\"a long password\",\"role\":\"SUPERVISOR\"}")
                        .json()
                        .path("organisationId")
                        .asInt())
                .isEqualTo(1);
        assertThat(nora.post(
                                "/api/v1/users",
                                "{\"name\":\"spy\",\"password\":\"a long password\",\"role\":\"ADMIN\","
                                        + "\"organisationId\":0}")
                        .problem())
                .isEqualTo("other-organisation");
        assertThat(nora.get("/api/v1/users")
                        .json()
                        .path("items")
                        .valueStream()
                        .allMatch(user -> user.path("organisationId").asInt() == 1))
                .isTrue();
        assertThat(nora.get("/api/v1/servers").problem()).isEqualTo("forbidden");
        assertThat(nora.post("/api/v1/zones", "{\"name\":\"z\"}").problem()).isEqualTo("forbidden");
        assertThat(nora.get("/api/v1/zones").status()).isEqualTo(200);
    }

    @Test
    void passwords_are_stored_as_bcrypt_and_never_shown() {
        Rest.Answer answer = root.post(
                "/api/v1/users", "{\"name\":\"pat\",\"password\":\"a long password\",\"role\":\"SUPERVISOR\"}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text()).doesNotContain("password").doesNotContain("bcrypt");
        assertThat(CONSOLE.jdbc()
                        .sql("select password_hash from app_user where name = 'pat'")
                        .query(String.class)
                        .single())
                .startsWith("{bcrypt}");
        assertThat(root.post("/api/v1/users", "{\"name\":\"pip\",\"password\":\"short\",\"role\":\"ADMIN\"}")
                        .fields())
                .containsExactly("password");
        assertThat(root.post("/api/v1/users", "{\"name\":\"a b\",\"password\":\"a long password\",\"role\":\"ADMIN\"}")
                        .fields())
                .containsExactly("name");
    }

    @Test
    void a_change_that_another_web_site_sends_through_a_browser_is_refused() {
        long job = Samples.job(root, "cross-site");
        Rest browser = root.with("Sec-Fetch-Site", "cross-site");
        assertThat(browser.post("/api/v1/jobs/" + job + "/stop").problem()).isEqualTo("cross-site");
        assertThat(browser.get("/api/v1/jobs/" + job).status()).isEqualTo(200);
        assertThat(root.with("Sec-Fetch-Site", "same-origin")
                        .post("/api/v1/jobs/" + job + "/stop")
                        .status())
                .isEqualTo(202);
    }
}
