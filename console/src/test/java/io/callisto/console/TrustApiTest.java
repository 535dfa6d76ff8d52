package io.callisto.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callisto.certificates.CertificateAuthority;
import io.callisto.certificates.CertificateReport;
import io.callisto.certificates.CertificateWish;
import io.callisto.certificates.Identity;
import io.callisto.certificates.KeyFiles;
import io.callisto.certificates.Pem;
import io.callisto.domain.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A change of the authority as an operator does it, from the first to its successor. */
@Requirement({"EV-9", "AD-5"})
final class TrustApiTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String PATH = "/api/v1/trusted-certificates";

    private static final Path DIRECTORY = directory();
    private static final Path OWN = DIRECTORY.resolve("key.pem");
    private static final Path TRUSTED = DIRECTORY.resolve("trusted.pem");
    private static final Path BROKERS = DIRECTORY.resolve("broker.p12");
    private static final char[] PASSWORD = "secret".toCharArray();
    private static final CertificateAuthority FIRST = authority("first");
    private static final CertificateAuthority SECOND = authority("second");

    @RegisterExtension
    static final ConsoleExtension CONSOLE = console();

    private final Rest root = CONSOLE.as("root");

    private static Path directory() {
        try {
            return Files.createTempDirectory("callisto-trust");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CertificateAuthority authority(String name) {
        return CertificateAuthority.create(DIRECTORY.resolve(name), Clock.systemUTC(), new SecureRandom());
    }

    private static ConsoleExtension console() {
        KeyFiles.writeTrust(TRUSTED, List.of(FIRST.certificate()));
        equip(FIRST);
        return new ConsoleExtension(
                1,
                Map.of(
                        "callisto.trust.files",
                        TRUSTED + "," + BROKERS,
                        "callisto.trust.password",
                        new String(PASSWORD),
                        "callisto.trust.key-store",
                        OWN.toString(),
                        "callisto.trust.sweep",
                        "1h"));
    }

    private static void equip(CertificateAuthority authority) {
        KeyFiles.writePem(
                OWN,
                authority.issue(
                        new CertificateWish(Identity.service("s1"), List.of(), CertificateWish.DEFAULT_VALIDITY)));
    }

    /** As the database's notice does. */
    private static void tell() {
        CONSOLE.coordinator(1).tell("callisto_trust", "");
    }

    private Rest.Answer add(String alias, String certificate) {
        return root.post(
                PATH, JsonMapper.shared().writeValueAsString(Map.of("alias", alias, "certificate", certificate)));
    }

    private static String pem(X509Certificate certificate) {
        return Pem.of(List.of(certificate));
    }

    private Map<String, JsonNode> list() {
        Rest.Answer answer = root.get(PATH);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        Map<String, JsonNode> found = new HashMap<>();
        answer.json()
                .path("items")
                .forEach(item -> found.put(item.path("fingerprint").asString(), item));
        return found;
    }

    private JsonNode entry(CertificateAuthority authority) {
        return Objects.requireNonNull(list().get(fingerprint(authority)));
    }

    private static String fingerprint(CertificateAuthority authority) {
        return CertificateReport.fingerprint(authority.certificate());
    }

    private static void filesHold(X509Certificate... certificates) {
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(new HashSet<>(KeyFiles.trusted(TRUSTED))).isEqualTo(Set.of(certificates));
            assertThat(new HashSet<>(KeyFiles.certificates(BROKERS, PASSWORD))).isEqualTo(Set.of(certificates));
        });
    }

    @Test
    void an_authority_is_replaced_step_by_step_and_never_too_early() throws IOException {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(list()).hasSize(1));
        JsonNode first = entry(FIRST);
        assertThat(first.path("subject").asString()).startsWith("CN=Callisto development CA");
        assertThat(first.path("usedBy").toString()).isEqualTo("[\"s1\"]");
        assertThat(first.path("addedBy").asString()).isEqualTo("s1");
        filesHold(FIRST.certificate());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(BROKERS)))
                .isEqualTo("rw-------");
        String alias = first.path("alias").asString();
        Rest.Answer last = root.delete(PATH + "/" + alias);
        assertThat(last.problem()).isEqualTo("conflict");
        assertThat(last.text()).contains("last trusted certificate");

        Rest.Answer made = add("second", pem(SECOND.certificate()));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().path("fingerprint").asString()).isEqualTo(fingerprint(SECOND));
        tell();
        filesHold(FIRST.certificate(), SECOND.certificate());
        assertThat(add("second", pem(SECOND.certificate())).problem()).isEqualTo("already-exists");
        assertThat(add("third", pem(SECOND.certificate())).text()).contains("trusted already, as second");
        assertThat(add(alias, pem(authority("third").certificate())).problem()).isEqualTo("already-exists");

        Rest.Answer early = root.delete(PATH + "/" + alias);
        assertThat(early.problem()).isEqualTo("conflict");
        assertThat(early.text()).contains("certificates of s1", "Renew them");
        equip(SECOND);
        tell();
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(entry(SECOND).path("usedBy").toString()).isEqualTo("[\"s1\"]"));
        assertThat(root.delete(PATH + "/" + alias).status()).isEqualTo(204);
        tell();
        filesHold(SECOND.certificate());
        assertThat(root.delete(PATH + "/" + alias).status()).isEqualTo(404);
        assertThat(root.get("/api/v1/audit?target=trusted-certificate").text())
                .contains("trusted-certificate.add", "trusted-certificate.remove", fingerprint(FIRST))
                .doesNotContain("BEGIN");
    }

    @Test
    void what_must_not_be_trusted_is_refused_with_its_reason() throws CertificateEncodingException {
        X509Certificate leaf = FIRST.issue(
                        new CertificateWish(Identity.client("reports", 1), List.of(), CertificateWish.DEFAULT_VALIDITY))
                .certificate();
        CertificateAuthority expired = CertificateAuthority.create(
                DIRECTORY.resolve("expired"),
                Clock.offset(
                        Clock.systemUTC(), CertificateAuthority.LIFE.plusDays(1).negated()),
                new SecureRandom());
        CertificateAuthority der = authority("der");

        assertThat(add("leaf", pem(leaf)).text()).contains("invalid-request", "not an authority");
        assertThat(add("expired", pem(expired.certificate())).text()).contains("expired at");
        assertThat(add("garbage", "garbage!").text()).contains("\"certificate\"");
        assertThat(add("two", pem(FIRST.certificate()) + pem(leaf)).text()).contains("one by one");
        assertThat(add("Not An Alias", pem(FIRST.certificate())).text()).contains("\"alias\"");
        assertThat(add("empty", " ").problem()).isEqualTo("invalid-request");
        assertThat(add(
                                "der",
                                Base64.getEncoder()
                                        .encodeToString(der.certificate().getEncoded()))
                        .status())
                .isEqualTo(201);
        assertThat(root.delete(PATH + "/der").status()).isEqualTo(204);
    }

    @Test
    void only_those_who_see_all_organisations_see_it_and_only_administrators_change_it() {
        String body =
                JsonMapper.shared().writeValueAsString(Map.of("alias", "x", "certificate", pem(SECOND.certificate())));
        assertThat(CONSOLE.as("audrey").get(PATH).status()).isEqualTo(200);
        for (String user : List.of("audrey", "sue", "nora", "agnes")) {
            assertThat(CONSOLE.as(user).post(PATH, body).status()).as(user).isEqualTo(403);
            assertThat(CONSOLE.as(user).delete(PATH + "/x").status()).as(user).isEqualTo(403);
        }
        assertThat(CONSOLE.as("nora").get(PATH).status()).isEqualTo(403);
    }
}
