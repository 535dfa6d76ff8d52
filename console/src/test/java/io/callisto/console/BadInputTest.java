package io.callisto.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever is wrong with a request, the answer is problem details that say what. */
@Requirement("AD-7")
final class BadInputTest {
    @RegisterExtension
    static final ConsoleExtension CONSOLE = new ConsoleExtension(1, Map.of("callisto.console.max-body-bytes", "20000"));

    private final Rest sue = CONSOLE.as("sue");

    @Test
    void a_body_that_is_no_json_is_refused_with_the_place() {
        Rest.Answer answer = sue.post("/api/v1/contact-lists", "{\"name\": \"x\",,}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("malformed-json");
        assertThat(answer.json().path("detail").asString()).contains("line 1");
        assertThat(sue.post("/api/v1/contact-lists", "[]").problem()).isEqualTo("malformed-json");
        assertThat(sue.post("/api/v1/contact-lists", "{\"name\":\"a\"} {}").problem())
                .isEqualTo("malformed-json");
    }

    @Test
    void a_missing_body_is_refused() {
        assertThat(sue.post("/api/v1/contact-lists", "").problem()).isEqualTo("empty-body");
    }

    @Test
    void missing_fields_are_all_named() {
        Rest.Answer answer = sue.post("/api/v1/campaigns", "{}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-request");
        assertThat(answer.fields()).containsExactlyInAnyOrder("name", "strategyId", "contactListIds");
    }

    @Test
    void an_unknown_field_is_refused_with_the_known_ones() {
        Rest.Answer answer = sue.post("/api/v1/contact-lists", "{\"name\":\"x\",\"zone\":1}");
        assertThat(answer.problem()).isEqualTo("invalid-request");
        assertThat(answer.fields()).containsExactly("zone");
        assertThat(answer.text()).contains("zoneId");
    }

    @Test
    void a_field_given_twice_is_refused() {
        assertThat(sue.post("/api/v1/contact-lists", "{\"name\":\"x\",\"name\":\"y\"}")
                        .problem())
                .isEqualTo("malformed-json");
    }

    @Test
    void a_field_of_the_wrong_type_is_named() {
        Rest.Answer answer = sue.post("/api/v1/contact-lists", "{\"name\":\"x\",\"zoneId\":\"0\"}");
        assertThat(answer.problem()).isEqualTo("invalid-request");
        assertThat(answer.fields()).containsExactly("zoneId");
        assertThat(sue.post("/api/v1/contact-lists", "{\"name\":7}").fields()).containsExactly("name");
        assertThat(sue.post("/api/v1/campaigns", "{\"kind\":\"ENDLESS\"}").text())
                .contains("[FINITE]");
        assertThat(sue.post("/api/v1/campaigns", "{\"contactListIds\":[1,\"a\"]}")
                        .fields())
                .containsExactly("contactListIds[1]");
    }

    @Test
    void an_oversized_or_unprintable_field_is_refused() {
        assertThat(sue.post("/api/v1/contact-lists", "{\"name\":\"" + "x".repeat(81) + "\"}")
                        .fields())
                .containsExactly("name");
        assertThat(sue.post("/api/v1/contact-lists", "{\"name\":\"a\\u0000b\"}").fields())
                .containsExactly("name");
        assertThat(sue.post("/api/v1/contact-lists", "{\"name\":\"  \"}").fields())
                .containsExactly("name");
    }

    @Test
    void an_oversized_body_is_refused_announced_or_not() {
        String huge = "{\"name\":\"" + "x".repeat(30_000) + "\"}";
        Rest.Answer announced = sue.post("/api/v1/contact-lists", huge);
        assertThat(announced.status()).isEqualTo(413);
        assertThat(announced.problem()).isEqualTo("body-too-large");
        Rest.Answer chunked = sue.with("Content-Type", "application/json")
                .send(
                        "/api/v1/contact-lists",
                        "POST",
                        HttpRequest.BodyPublishers.ofInputStream(
                                () -> new java.io.ByteArrayInputStream(huge.getBytes(StandardCharsets.UTF_8))));
        assertThat(chunked.status()).isEqualTo(413);
        assertThat(chunked.problem()).isEqualTo("body-too-large");
    }

    @Test
    void a_wrong_content_type_is_refused_with_the_right_one() {
        Rest.Answer answer = sue.with("Content-Type", "text/plain")
                .send("/api/v1/contact-lists", "POST", HttpRequest.BodyPublishers.ofString("name=x"));
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.problem()).isEqualTo("unsupported-media-type");
        assertThat(answer.text()).contains("application/json");
    }

    @Test
    void an_unwanted_answer_type_is_refused() {
        Rest.Answer answer = sue.with("Accept", "text/csv").get("/api/v1/campaigns");
        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.problem()).isEqualTo("not-acceptable");
    }

    @Test
    void an_unknown_address_or_method_is_refused() {
        assertThat(sue.get("/api/v1/nothing").problem()).isEqualTo("not-found");
        Rest.Answer answer = sue.delete("/api/v1/campaigns");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.problem()).isEqualTo("method-not-allowed");
        assertThat(answer.header("Allow")).contains("GET", "POST");
    }

    @Test
    void an_unknown_thing_is_not_found() {
        for (String path : new String[] {"contact-lists", "imports", "strategies", "campaigns", "jobs", "commands"}) {
            Rest.Answer answer = sue.get("/api/v1/" + path + "/4711");
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.problem()).isEqualTo("not-found");
        }
        assertThat(sue.post("/api/v1/jobs/4711/pause").problem()).isEqualTo("not-found");
        assertThat(sue.post("/api/v1/campaigns/4711/jobs").problem()).isEqualTo("not-found");
    }

    @Test
    void parameters_out_of_range_are_named() {
        assertThat(sue.get("/api/v1/jobs?limit=1001").fields()).containsExactly("limit");
        assertThat(sue.get("/api/v1/jobs?limit=0").fields()).containsExactly("limit");
        assertThat(sue.get("/api/v1/jobs?limit=many").fields()).containsExactly("limit");
        assertThat(sue.get("/api/v1/jobs?state=DREAMING").fields()).containsExactly("state");
        assertThat(sue.get("/api/v1/jobs/seven").fields()).containsExactly("jobId");
        assertThat(sue.get("/api/v1/jobs?cursor=nonsense!").problem()).isEqualTo("invalid-cursor");
        assertThat(sue.get("/api/v1/jobs?organisationId=x").fields()).containsExactly("organisationId");
    }

    @Test
    void references_to_nothing_are_named() {
        assertThat(sue.post("/api/v1/contact-lists", "{\"name\":\"far\",\"zoneId\":99}")
                        .fields())
                .containsExactly("zoneId");
        assertThat(sue.post("/api/v1/campaigns", "{\"name\":\"c\",\"strategyId\":99,\"contactListIds\":[98,97]}")
                        .fields())
                .containsExactly("strategyId", "contactListIds[0]", "contactListIds[1]");
    }

    @Test
    void a_name_that_is_taken_is_a_conflict() {
        assertThat(sue.post("/api/v1/contact-lists", "{\"name\":\"twice\"}").status())
                .isEqualTo(201);
        Rest.Answer answer = sue.post("/api/v1/contact-lists", "{\"name\":\"twice\"}");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.problem()).isEqualTo("already-exists");
    }

    @Test
    void numbers_that_are_not_e164_are_refused_without_being_repeated() {
        Rest.Answer answer =
                sue.post("/api/v1/do-not-call", "{\"phoneNumbers\":[\"+493012345678\",\"030 999888\",\"+0123456\"]}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.fields()).containsExactly("phoneNumbers[1]", "phoneNumbers[2]");
        assertThat(answer.text()).doesNotContain("999888");
        assertThat(sue.get("/api/v1/do-not-call").json().path("items").size()).isZero();
    }

    @Test
    void a_strategy_names_all_its_wrong_fields_with_their_paths() {
        Rest.Answer answer = sue.post("/api/v1/strategies", """
                {"name":"bad","definition":{"call":{"ringTimeout":"45","callsPerSecond":0,"maxCalls":1.5,"speed":3,
                 "window":{"start":"25:00","end":"24:00"},
                 "retries":[{"code":"Answer_Human","after":"PT1M","maxAttempts":2}]},"extra":1}}
                """);
        assertThat(answer.problem()).isEqualTo("invalid-request");
        assertThat(answer.fields())
                .containsExactlyInAnyOrder(
                        "definition.extra",
                        "definition.call.speed",
                        "definition.call.ringTimeout",
                        "definition.call.callsPerSecond",
                        "definition.call.maxCalls",
                        "definition.call.maxAttempts",
                        "definition.call.window.start",
                        "definition.call.retries[0].code");
    }

    @Test
    void even_a_broken_request_line_is_answered_with_a_problem() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), CONSOLE.port(1))) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /api/v1/jobs?a=<> HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json", "urn:callisto:problem:");
        }
    }
}
