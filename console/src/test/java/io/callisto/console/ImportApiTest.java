package io.callisto.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Uploads of contacts, as far as the console goes: to a queued import with its file. */
@Requirement("AD-7")
final class ImportApiTest {
    private static final int LIMIT = 3_000_000;

    @RegisterExtension
    static final ConsoleExtension CONSOLE = new ConsoleExtension(
            1,
            Map.of(
                    "callisto.console.max-import-bytes", Integer.toString(LIMIT),
                    "callisto.console.spool-dir", spool()));

    private final Rest sue = CONSOLE.as("sue");
    private final JdbcClient jdbc = CONSOLE.jdbc();

    private static String spool() {
        try {
            return Files.createTempDirectory("callisto-console-test").toString();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void a_file_is_stored_in_parts_that_make_the_file_again() {
        byte[] file = "id,phone\n".concat("C1,+493012345678\n".repeat(50_000)).getBytes(StandardCharsets.UTF_8);
        int list = Samples.contactList(sue, "parts");
        Rest.Answer answer = csv(sue).send(
                        "/api/v1/contact-lists/" + list
                                + "/imports?fileName=a.csv&delimiter=%3B&defaultRegion=DE"
                                + "&updateExisting=true&storeUnknownColumns=true",
                        "POST",
                        HttpRequest.BodyPublishers.ofByteArray(file));
        assertThat(answer.status()).isEqualTo(202);
        long id = answer.json().path("importId").asLong();
        assertThat(answer.json().path("state").asString()).isEqualTo("QUEUED");
        assertThat(answer.header("Location")).isEqualTo("/api/v1/imports/" + id);
        List<byte[]> parts = jdbc.sql("select content from contact_import_file where import_id = :id order by part")
                .param("id", id)
                .query((row, number) -> row.getBytes("content"))
                .list();
        assertThat(parts).hasSize((file.length + 262_143) / 262_144);
        assertThat(parts.get(0)).hasSize(262_144);
        java.io.ByteArrayOutputStream whole = new java.io.ByteArrayOutputStream();
        parts.forEach(whole::writeBytes);
        assertThat(whole.toByteArray()).isEqualTo(file);
        assertThat(jdbc.sql("select options::text from contact_import where import_id = :id")
                        .param("id", id)
                        .query(String.class)
                        .single())
                .contains(
                        "\"delimiter\": \";\"",
                        "\"quote\": \"\\\"\"",
                        "\"charset\": \"UTF-8\"",
                        "\"defaultRegion\": \"DE\"",
                        "\"updateExisting\": true",
                        "\"storeUnknownColumns\": true");
        assertThat(sue.get("/api/v1/imports/" + id).json().path("contactListId").asInt())
                .isEqualTo(list);
        assertThat(leftOver()).isEmpty();
    }

    @Test
    void a_form_is_taken_too() {
        int list = Samples.contactList(sue, "form");
        String form = String.join(
                "\r\n",
                "--xyz",
                "Content-Disposition: form-data; name=\"file\"; filename=\"my.csv\"",
                "Content-Type: text/csv",
                "",
                "id,phone\nC1,+493012345678\n",
                "--xyz--",
                "");
        Rest.Answer answer = sue.with("Content-Type", "multipart/form-data; boundary=xyz")
                .send("/api/v1/contact-lists/" + list + "/imports", "POST", HttpRequest.BodyPublishers.ofString(form));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(sue.get(answer.header("Location")).json().path("fileName").asString())
                .isEqualTo("my.csv");
        String empty =
                String.join("\r\n", "--xyz", "Content-Disposition: form-data; name=\"other\"", "", "x", "--xyz--", "");
        assertThat(sue.with("Content-Type", "multipart/form-data; boundary=xyz")
                        .send(
                                "/api/v1/contact-lists/" + list + "/imports",
                                "POST",
                                HttpRequest.BodyPublishers.ofString(empty))
                        .fields())
                .containsExactly("file");
    }

    @Test
    void an_empty_file_is_refused() {
        int list = Samples.contactList(sue, "empty");
        Rest.Answer answer = upload(list, "", HttpRequest.BodyPublishers.noBody());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("empty-body");
    }

    @Test
    void a_file_that_is_too_large_is_refused_announced_or_not_and_leaves_nothing() {
        int list = Samples.contactList(sue, "huge");
        byte[] huge = new byte[LIMIT + 1];
        for (HttpRequest.BodyPublisher body : List.of(
                HttpRequest.BodyPublishers.ofByteArray(huge),
                HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(huge)))) {
            Rest.Answer answer = upload(list, "", body);
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.problem()).isEqualTo("body-too-large");
            assertThat(answer.json().path("detail").asString()).contains("Split", "callisto.console.max-import-bytes");
        }
        assertThat(importsOf(list)).isZero();
        assertThat(leftOver()).isEmpty();
    }

    @Test
    void a_connection_that_ends_early_leaves_nothing() throws IOException {
        int list = Samples.contactList(sue, "cut off");
        String credentials = Base64.getEncoder()
                .encodeToString(("sue:" + ConsoleExtension.PASSWORD).getBytes(StandardCharsets.UTF_8));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), CONSOLE.port(1))) {
            socket.getOutputStream()
                    .write(("POST /api/v1/contact-lists/" + list + "/imports HTTP/1.1\r\nHost: x\r\n"
                                    + "Content-Type: text/csv\r\nContent-Length: 1000\r\nAuthorization: Basic "
                                    + credentials
                                    + "\r\n\r\nid,phone\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            try (InputStream in = socket.getInputStream()) {
                in.readAllBytes();
            }
        }
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> leftOver().isEmpty());
        assertThat(importsOf(list)).isZero();
    }

    @Test
    void wrong_parameters_are_named() {
        int list = Samples.contactList(sue, "parameters");
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString("id,phone\n");
        assertThat(upload(list, "?delimiter=ab&quote=,,&charset=utf-99&defaultRegion=Germany", body)
                        .fields())
                .containsExactly("delimiter", "quote", "charset", "defaultRegion");
        assertThat(upload(list, "?updateExisting=perhaps", body).fields()).containsExactly("updateExisting");
        assertThat(upload(list, "?fileName=" + "x".repeat(201), body).fields()).containsExactly("fileName");
        assertThat(upload(4711, "", body).problem()).isEqualTo("not-found");
        Rest.Answer json = sue.post("/api/v1/contact-lists/" + list + "/imports", "{}");
        assertThat(json.status()).isEqualTo(415);
        assertThat(json.problem()).isEqualTo("unsupported-media-type");
        assertThat(importsOf(list)).isZero();
    }

    @Test
    void the_same_key_and_file_give_one_import_and_another_file_is_refused() {
        int list = Samples.contactList(sue, "once");
        Rest keyed = csv(sue).with("Idempotency-Key", "import-once");
        String path = "/api/v1/contact-lists/" + list + "/imports";
        Rest.Answer first = keyed.send(path, "POST", HttpRequest.BodyPublishers.ofString("id,phone\na,+4930111111\n"));
        Rest.Answer again = keyed.send(path, "POST", HttpRequest.BodyPublishers.ofString("id,phone\na,+4930111111\n"));
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(importsOf(list)).isEqualTo(1);
        assertThat(keyed.send(path, "POST", HttpRequest.BodyPublishers.ofString("id,phone\nb,+4930111111\n"))
                        .problem())
                .isEqualTo("idempotency-key-reused");
    }

    @Test
    void the_errors_of_an_import_are_counted_by_reason_and_paged_by_line() {
        int list = Samples.contactList(sue, "errors");
        long id = upload(list, "", HttpRequest.BodyPublishers.ofString("id,phone\n"))
                .json()
                .path("importId")
                .asLong();
        jdbc.sql("""
                        insert into contact_import_error (import_id, line, reason, detail)
                        select :id, n, case when n % 2 = 0 then 'BAD_PHONE' else 'MISSING_ID' end, 'x' from
                          generate_series(2, 26) n
                        """).param("id", id).update();
        assertThat(sue.get("/api/v1/imports/" + id)
                        .json()
                        .path("errorsByReason")
                        .toString())
                .isEqualTo("{\"BAD_PHONE\":13,\"MISSING_ID\":12}");
        Rest.Answer first = sue.get("/api/v1/imports/" + id + "/errors?limit=20");
        assertThat(first.json().path("items").size()).isEqualTo(20);
        Rest.Answer second = sue.get("/api/v1/imports/" + id + "/errors?limit=20&cursor="
                + first.json().path("nextCursor").asString());
        assertThat(second.json().path("items").size()).isEqualTo(5);
        assertThat(second.json().path("items").get(0).path("line").asLong()).isEqualTo(22);
        assertThat(second.json().path("nextCursor").isNull()).isTrue();
    }

    @Test
    void a_cancel_becomes_an_order_to_the_director_of_the_zone() {
        int list = Samples.contactList(sue, "cancel");
        long id = upload(list, "", HttpRequest.BodyPublishers.ofString("id,phone\n"))
                .json()
                .path("importId")
                .asLong();
        Rest.Answer answer = sue.post("/api/v1/imports/" + id + "/cancel");
        assertThat(answer.status()).isEqualTo(202);
        Rest.Answer command =
                sue.get("/api/v1/commands/" + answer.json().path("commandId").asLong());
        assertThat(command.json().path("scope").asString()).isEqualTo("director/0");
        assertThat(command.json().path("kind").asString()).isEqualTo("CANCEL_IMPORT");
        assertThat(command.json().path("payload").path("importId").asLong()).isEqualTo(id);
    }

    private static Rest csv(Rest rest) {
        return rest.with("Content-Type", "text/csv");
    }

    private Rest.Answer upload(int list, String query, HttpRequest.BodyPublisher body) {
        return csv(sue).send("/api/v1/contact-lists/" + list + "/imports" + query, "POST", body);
    }

    private long importsOf(int list) {
        return jdbc.sql("select count(*) from contact_import where contact_list_id = :list")
                .param("list", list)
                .query(Long.class)
                .single();
    }

    private static List<Path> leftOver() {
        String directory = CONSOLE.context(1).getEnvironment().getRequiredProperty("callisto.console.spool-dir");
        try (java.util.stream.Stream<Path> files = Files.list(Path.of(directory))) {
            return files.filter(file -> file.getFileName().toString().startsWith("callisto-import-"))
                    .toList();
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }
}
