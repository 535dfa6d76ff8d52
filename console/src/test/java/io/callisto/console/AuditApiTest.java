package io.callisto.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Whoever changes something leaves a trace. */
@Requirement("DEP-8")
final class AuditApiTest {
    @RegisterExtension
    static final ConsoleExtension CONSOLE = new ConsoleExtension(1, Map.of());

    private final Rest root = CONSOLE.as("root");

    @BeforeEach
    void empty() {
        CONSOLE.jdbc().sql("truncate audit_entry").update();
    }

    private static List<String> actions(Rest.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json()
                .path("items")
                .valueStream()
                .map(entry -> entry.path("action").asString() + " "
                        + entry.path("target").asString())
                .toList();
    }

    @Test
    void every_request_that_changes_something_leaves_an_entry_with_its_author() {
        long job = Samples.job(root, "Audited");
        root.post("/api/v1/jobs/" + job + "/pause");
        root.post("/api/v1/jobs/" + job + "/resume");
        root.post("/api/v1/jobs/" + job + "/stop");
        int list = Samples.contactList(root, "Audited too");
        long imported = root.with("Content-Type", "text/csv")
                .send(
                        "/api/v1/contact-lists/" + list + "/imports",
                        "POST",
                        HttpRequest.BodyPublishers.ofString("id,phoneNumber1\nC1,+493012345678\n"))
                .json()
                .path("importId")
                .asLong();
        root.post("/api/v1/imports/" + imported + "/cancel");
        root.post("/api/v1/do-not-call", "{\"phoneNumbers\":[\"+493012345678\"]}");
        root.delete("/api/v1/do-not-call/+493012345678");
        root.post("/api/v1/organisations", "{\"name\":\"Audited\"}");
        root.post("/api/v1/users", "{\"name\":\"zoe\",\"password\":\"a long password\",\"role\":\"AUDITOR\"}");
        CONSOLE.jdbc()
                .sql("insert into server (name) values ('s7') on conflict do nothing")
                .update();
        root.put("/api/v1/servers/s7/services/rule-engine/wish", "{\"wish\":\"STOP\"}");
        root.post("/api/v1/zones", "{\"name\":\"Audited\"}");

        List<String> actions = new ArrayList<>(actions(root.get("/api/v1/audit")));
        assertThat(actions.stream().map(action -> action.substring(0, action.indexOf(' '))))
                .containsExactly(
                        "zone.create",
                        "service.wish",
                        "user.create",
                        "organisation.create",
                        "do-not-call.remove",
                        "do-not-call.add",
                        "import.cancel",
                        "import.start",
                        "contact-list.create",
                        "job.stop",
                        "job.resume",
                        "job.pause",
                        "job.start",
                        "campaign.create",
                        "contact-list.create",
                        "strategy.create");
        assertThat(actions).contains("job.pause job/" + job, "service.wish server/s7/rule-engine");
        assertThat(root.get("/api/v1/audit").text())
                .as("no secrets, no numbers, no people")
                .doesNotContain("a long password", "+493012345678", "493012345678", "zoe");
        assertThat(root.get("/api/v1/audit")
                        .json()
                        .path("items")
                        .get(1)
                        .path("user")
                        .asString())
                .isEqualTo("root");
    }

    @Test
    void what_was_and_what_is_are_both_there() {
        int strategy = Samples.strategy(root, "Before");
        root.put("/api/v1/strategies/" + strategy, "{\"name\":\"After\",\"definition\":" + Samples.DEFINITION + "}");
        JsonNode entry = root.get("/api/v1/audit").json().path("items").get(0);
        assertThat(entry.path("action").asString()).isEqualTo("strategy.change");
        assertThat(entry.path("detail").path("before").path("name").asString()).isEqualTo("Before");
        assertThat(entry.path("detail").path("after").path("name").asString()).isEqualTo("After");
        assertThat(entry.path("detail").path("after").path("version").asInt()).isEqualTo(2);
    }

    @Test
    void what_fails_leaves_none_and_what_is_repeated_with_its_key_leaves_one() {
        assertThat(root.post("/api/v1/campaigns", "{\"name\":\"C\",\"strategyId\":99999,\"contactListIds\":[]}")
                        .status())
                .isEqualTo(400);
        Rest keyed = root.with("Idempotency-Key", "audit-1");
        keyed.post("/api/v1/contact-lists", "{\"name\":\"Once\"}");
        assertThat(keyed.post("/api/v1/contact-lists", "{\"name\":\"Once\"}").header("Idempotency-Replayed"))
                .isEqualTo("true");
        assertThat(root.post("/api/v1/contact-lists", "{\"name\":\"Once\"}").status())
                .isEqualTo(409);
        assertThat(actions(root.get("/api/v1/audit"))).hasSize(1).allMatch(action -> action.startsWith("contact-list"));
    }

    @Test
    void it_is_paged_and_filtered() {
        for (int i = 0; i < 5; i++) {
            Samples.contactList(root, "Paged " + i);
        }
        Samples.contactList(CONSOLE.as("sue"), "Paged by sue");
        JsonNode first = root.get("/api/v1/audit?limit=4").json();
        assertThat(first.path("items").size()).isEqualTo(4);
        JsonNode rest = root.get("/api/v1/audit?limit=4&cursor="
                        + first.path("nextCursor").asString())
                .json();
        assertThat(rest.path("items").size()).isEqualTo(2);
        assertThat(rest.path("nextCursor").isNull()).isTrue();
        assertThat(actions(root.get("/api/v1/audit?user=sue"))).hasSize(1);
        String target = first.path("items").get(0).path("target").asString();
        assertThat(actions(root.get("/api/v1/audit?target=" + target))).hasSize(1);
        assertThat(actions(root.get("/api/v1/audit?target=contact-list"))).hasSize(6);
        assertThat(root.get("/api/v1/audit?cursor=x").problem()).isEqualTo("invalid-cursor");
    }

    @Test
    void administrators_and_auditors_see_it_each_their_own_organisations() {
        root.post("/api/v1/zones", "{\"name\":\"Seen by all's users only\"}");
        Samples.contactList(CONSOLE.as("nora"), "Nora's");
        assertThat(actions(CONSOLE.as("nora").get("/api/v1/audit")))
                .singleElement()
                .asString()
                .startsWith("contact-list.create");
        assertThat(actions(CONSOLE.as("audrey").get("/api/v1/audit"))).hasSize(2);
        assertThat(CONSOLE.as("sue").get("/api/v1/audit").status()).isEqualTo(403);
        assertThat(CONSOLE.as("agnes").get("/api/v1/audit").status()).isEqualTo(403);
        assertThat(root.delete("/api/v1/audit").status()).isEqualTo(405);
    }
}
