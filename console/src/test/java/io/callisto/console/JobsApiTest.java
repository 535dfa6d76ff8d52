package io.callisto.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Jobs, attempts, orders, on two servers and without any director. */
@Requirement("AD-7")
final class JobsApiTest {
    @RegisterExtension
    static final ConsoleExtension CONSOLE = new ConsoleExtension(2, Map.of());

    private final Rest root = CONSOLE.as("root");
    private final Rest sue = CONSOLE.as("sue");
    private final JdbcClient jdbc = CONSOLE.jdbc();

    @Test
    @Requirement("CD-6")
    void a_job_started_while_no_director_is_up_stays_queued_and_its_first_event_waits_beside_it() {
        Rest.Answer answer = sue.post("/api/v1/campaigns/" + Samples.campaign(sue, "queued") + "/jobs");
        assertThat(answer.status()).isEqualTo(201);
        long job = answer.json().path("jobId").asLong();
        assertThat(answer.json().path("state").asString()).isEqualTo("QUEUED");
        assertThat(answer.header("Location")).isEqualTo("/api/v1/jobs/" + job);
        Map<String, Object> row = jdbc.sql("select state, version, created_by from job where job_id = :job")
                .param("job", job)
                .query()
                .singleRow();
        assertThat(row)
                .containsEntry("state", "QUEUED")
                .containsEntry("version", 1)
                .containsEntry("created_by", "sue");
        Map<String, Object> event =
                jdbc.sql("""
                        select aggregate_seq, epoch, payload from event_outbox
                        where event_type = 'JOB' and aggregate_id = :job
                        """).param("job", Long.toString(job)).query().singleRow();
        assertThat(event).containsEntry("aggregate_seq", 1).containsEntry("epoch", 0L);
        assertThat((String) event.get("payload")).contains("\"newState\":\"QUEUED\"", "\"campaignName\":\"queued\"");
        JsonNode shown = sue.get("/api/v1/jobs/" + job).json();
        assertThat(shown.path("campaignName").asString()).isEqualTo("queued");
        assertThat(shown.path("counts").path("contacts").asLong()).isZero();
        assertThat(shown.path("startedAt").isNull()).isTrue();
    }

    @Test
    @Requirement("CD-7")
    void pause_resume_and_stop_are_accepted_at_once_while_no_director_is_up() {
        long job = Samples.job(sue, "orders");
        for (String order : List.of("pause", "resume", "stop")) {
            Rest.Answer answer = sue.post("/api/v1/jobs/" + job + "/" + order);
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.json().path("state").asString()).isEqualTo("PENDING");
            JsonNode command = sue.get(answer.header("Location")).json();
            assertThat(command.path("scope").asString()).isEqualTo("director");
            assertThat(command.path("kind").asString()).isEqualTo(order.toUpperCase(java.util.Locale.ROOT));
            assertThat(command.path("payload").path("jobId").asLong()).isEqualTo(job);
            assertThat(command.path("requestedBy").asString()).isEqualTo("sue");
        }
    }

    @Test
    void a_refused_order_tells_why() {
        long job = Samples.job(sue, "refused");
        long command = sue.post("/api/v1/jobs/" + job + "/pause")
                .json()
                .path("commandId")
                .asLong();
        jdbc.sql("""
                        update command set state = 'REFUSED', applied_at = clock_timestamp(), applied_epoch = 7,
                               result = '{"refused": "a job in state COMPLETED cannot be paused"}' where id = :id
                        """).param("id", command).update();
        JsonNode shown = sue.get("/api/v1/commands/" + command).json();
        assertThat(shown.path("state").asString()).isEqualTo("REFUSED");
        assertThat(shown.path("refusal").asString()).isEqualTo("a job in state COMPLETED cannot be paused");
    }

    @Test
    @Requirement("DEP-8")
    void what_one_server_takes_every_other_server_shows_and_changes() {
        Rest other = CONSOLE.as("sue", 2);
        long job = Samples.job(sue, "both");
        assertThat(other.get("/api/v1/jobs/" + job).json().path("state").asString())
                .isEqualTo("QUEUED");
        long command = other.post("/api/v1/jobs/" + job + "/pause")
                .json()
                .path("commandId")
                .asLong();
        assertThat(sue.get("/api/v1/commands/" + command).json().path("state").asString())
                .isEqualTo("PENDING");
        assertThat(CONSOLE.coordinator(1).published("console"))
                .isEqualTo(Map.of("console", "http://127.0.0.1:" + CONSOLE.port(1)));
        assertThat(CONSOLE.coordinator(2).published("console"))
                .isEqualTo(Map.of("console", "http://127.0.0.1:" + CONSOLE.port(2)));
    }

    @Test
    void counts_are_exact_and_add_up() {
        long job = Samples.job(sue, "counted");
        attempts(job, "counted", 60);
        JsonNode counts = sue.get("/api/v1/jobs/" + job).json().path("counts");
        assertThat(counts.path("contacts").asLong()).isEqualTo(60);
        assertThat(counts.path("completed").asLong()).isEqualTo(20);
        assertThat(counts.path("inAttempt").asLong()).isEqualTo(20);
        assertThat(counts.path("ready").asLong()).isEqualTo(20);
        assertThat(counts.path("attempts").asLong()).isEqualTo(40);
        assertThat(counts.path("failed").asLong()
                        + counts.path("restricted").asLong()
                        + counts.path("retryWait").asLong())
                .isZero();
    }

    @Test
    void attempts_are_paged_without_gap_or_repeat_and_numbers_are_masked() {
        long job = Samples.job(sue, "paged");
        attempts(job, "paged", 30);
        List<String> seen = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonNode page = sue.get("/api/v1/jobs/" + job + "/attempts?limit=7" + cursor)
                    .json();
            page.path("items").forEach(attempt -> {
                seen.add(attempt.path("attemptId").asString());
                assertThat(attempt.path("phoneNumber").asString()).matches("\\+49\\*\\*\\*[0-9]{2}");
                assertThat(attempt.path("userContactId").asString()).startsWith("U");
                assertThat(attempt.path("gatewayId").asString()).isEqualTo("g1");
            });
            pages++;
            cursor = page.path("nextCursor").isNull()
                    ? null
                    : "&cursor=" + page.path("nextCursor").asString();
        } while (cursor != null);
        assertThat(pages).isEqualTo(3);
        assertThat(seen).hasSize(20).doesNotHaveDuplicates();
        assertThat(sue.get("/api/v1/jobs/" + job + "/attempts?unmask=true").problem())
                .isEqualTo("forbidden");
        assertThat(root.get("/api/v1/jobs/" + job + "/attempts?unmask=true&limit=1")
                        .text())
                .contains("+4930");
        assertThat(sue.get("/api/v1/jobs/" + job + "/attempts?limit=1&cursor=MQ")
                        .problem())
                .isEqualTo("invalid-cursor");
    }

    @Test
    void jobs_are_listed_newest_first_and_can_be_filtered() {
        int campaign = Samples.campaign(sue, "listed");
        for (int i = 0; i < 3; i++) {
            sue.post("/api/v1/campaigns/" + campaign + "/jobs");
        }
        JsonNode first = sue.get("/api/v1/jobs?limit=2&state=QUEUED&campaignId=" + campaign)
                .json();
        JsonNode second = sue.get("/api/v1/jobs?limit=2&campaignId=" + campaign + "&cursor="
                        + first.path("nextCursor").asString())
                .json();
        assertThat(first.path("items").size()).isEqualTo(2);
        assertThat(second.path("items").size()).isEqualTo(1);
        assertThat(first.path("items").get(0).path("jobId").asLong())
                .isGreaterThan(second.path("items").get(0).path("jobId").asLong());
        assertThat(sue.get("/api/v1/jobs?state=PAUSED&campaignId=" + campaign)
                        .json()
                        .path("items")
                        .size())
                .isZero();
    }

    @Test
    void the_same_key_gives_the_same_answer_on_any_server_and_one_job() {
        int campaign = Samples.campaign(sue, "idempotent");
        String path = "/api/v1/campaigns/" + campaign + "/jobs";
        Rest.Answer first = sue.with("Idempotency-Key", "k1").post(path);
        Rest.Answer again = CONSOLE.as("sue", 2).with("Idempotency-Key", "k1").post(path);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(jobsOf(campaign)).isEqualTo(1);
        assertThat(root.with("Idempotency-Key", "k1").post(path).text()).isNotEqualTo(first.text());
        assertThat(jobsOf(campaign)).isEqualTo(2);
        Rest.Answer reused = sue.with("Idempotency-Key", "k1").post("/api/v1/contact-lists", "{\"name\":\"k1\"}");
        assertThat(reused.status()).isEqualTo(422);
        assertThat(reused.problem()).isEqualTo("idempotency-key-reused");
        assertThat(sue.with("Idempotency-Key", "x".repeat(101)).post(path).fields())
                .containsExactly("Idempotency-Key");
    }

    @Test
    void requests_with_the_same_key_at_the_same_time_make_one_job() throws Exception {
        int campaign = Samples.campaign(sue, "at once");
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Rest rest = CONSOLE.as("sue", 1 + i % 2).with("Idempotency-Key", "race");
                calls.add(() ->
                        rest.post("/api/v1/campaigns/" + campaign + "/jobs").text());
            }
            List<String> answers = new ArrayList<>();
            for (Future<String> answer : clients.invokeAll(calls)) {
                answers.add(answer.get());
            }
            assertThat(answers).hasSize(8).containsOnly(answers.get(0));
        } finally {
            clients.shutdownNow();
        }
        assertThat(jobsOf(campaign)).isEqualTo(1);
    }

    @Test
    void a_request_that_failed_does_not_use_up_its_key() {
        Rest keyed = sue.with("Idempotency-Key", "second try");
        assertThat(keyed.post("/api/v1/contact-lists", "{\"name\":\"k2\"}").fields())
                .containsExactly("Idempotency-Key");
        Rest good = sue.with("Idempotency-Key", "second-try");
        assertThat(good.post("/api/v1/contact-lists", "{\"name\":\"k2\",\"zoneId\":5}")
                        .status())
                .isEqualTo(400);
        assertThat(good.post("/api/v1/contact-lists", "{\"name\":\"k2\"}").status())
                .isEqualTo(201);
    }

    @Test
    void a_new_version_of_a_strategy_leaves_jobs_with_theirs() {
        long job = Samples.job(sue, "versions");
        int strategy = sue.get("/api/v1/jobs/" + job).json().path("strategyId").asInt();
        Rest.Answer answer = sue.put(
                "/api/v1/strategies/" + strategy,
                "{\"definition\":" + Samples.DEFINITION.replace("\"maxAttempts\":3,", "\"maxAttempts\":5,") + "}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("version").asInt()).isEqualTo(2);
        assertThat(answer.json()
                        .path("definition")
                        .path("call")
                        .path("maxAttempts")
                        .asInt())
                .isEqualTo(5);
        assertThat(answer.json()
                        .path("definition")
                        .path("call")
                        .path("ringTimeout")
                        .asString())
                .isEqualTo("PT30S");
        assertThat(sue.get("/api/v1/jobs/" + job).json().path("strategyVersion").asInt())
                .isEqualTo(1);
        assertThat(sue.get("/api/v1/strategies/" + strategy).json()).isEqualTo(answer.json());
    }

    @Test
    void numbers_are_put_on_the_do_not_call_list_and_taken_off() {
        JsonNode added = sue.post("/api/v1/do-not-call", "{\"phoneNumbers\":[\"+493012345678\",\"+12025550123\"]}")
                .json();
        assertThat(added.path("added").asInt()).isEqualTo(2);
        JsonNode again = sue.post(
                        "/api/v1/do-not-call",
                        "{\"phoneNumbers\":[\"+493012345678\",\"+493012345678\"],\"until\":\"2030-01-01T00:00:00Z\"}")
                .json();
        assertThat(again.path("added").asInt()).isZero();
        assertThat(again.path("updated").asInt()).isEqualTo(1);
        JsonNode page = sue.get("/api/v1/do-not-call?limit=1").json();
        assertThat(page.path("items").get(0).path("phoneNumber").asString()).isEqualTo("+12025550123");
        JsonNode next = sue.get(
                        "/api/v1/do-not-call?cursor=" + page.path("nextCursor").asString())
                .json();
        assertThat(next.path("items").get(0).path("until").asString()).isEqualTo("2030-01-01T00:00:00Z");
        assertThat(sue.delete("/api/v1/do-not-call/+493012345678").status()).isEqualTo(204);
        Rest.Answer gone = sue.delete("/api/v1/do-not-call/%2B493012345678");
        assertThat(gone.problem()).isEqualTo("not-found");
        assertThat(gone.json().path("detail").asString()).doesNotContain("12345678");
    }

    private long jobsOf(int campaign) {
        return jdbc.sql("select count(*) from job where campaign_id = :campaign")
                .param("campaign", campaign)
                .query(Long.class)
                .single();
    }

    /** A third of the contacts completed, a third in an attempt, a third ready. */
    private void attempts(long job, String list, int contacts) {
        jdbc.sql("""
                        insert into contact (contact_list_id, user_contact_id, phone_number_1, phone_1_zones)
                        select l.contact_list_id, 'U' || n, '+4930' || (1000000 + n), '{Europe/Berlin}'
                        from generate_series(1, :contacts) n, contact_list l where l.name = :list and
                          l.organisation_id = 0
                        """).param("contacts", contacts).param("list", list).update();
        jdbc.sql("""
                        insert into job_contact (job_id, contact_id, zone_id, state, completion_code_id)
                        select :job, contact_id, 0,
                               case contact_id % 3 when 0 then 'COMPLETED' when 1 then 'IN_ATTEMPT' else 'READY' end,
                               case contact_id % 3 when 0 then 1 end
                        from contact join contact_list l using (contact_list_id) where l.name = :list and
                          l.organisation_id = 0
                        """).param("job", job).param("list", list).update();
        jdbc.sql("""
                        insert into attempt (attempt_id, job_id, contact_id, attempt_no, organisation_id, zone_id,
                          phone_number,
                          owner_scope, epoch, gateway_id, gateway_incarnation, state, completion_code_id,
                            state_deadline, completed_at)
                        select gen_random_uuid(), job_id, contact_id, 1, 0, 0, phone_number_1, 'job/' || job_id ||
                          '/0', 1, 'g1', 1,
                               case jc.state when 'COMPLETED' then 'COMPLETED' else 'DIALING' end,
                                 jc.completion_code_id,
                               clock_timestamp(), case jc.state when 'COMPLETED' then clock_timestamp() end
                        from job_contact jc join contact using (contact_id) where job_id = :job and jc.state <> 'READY'
                        """).param("job", job).update();
    }
}
