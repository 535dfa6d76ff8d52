package io.callisto.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.domain.Requirement;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement("EV-9")
class CertificateAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final SecureRandom random = new SecureRandom();

    @TempDir
    Path directory;

    private static Clock at(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }

    private CertificateAuthority authority(Instant now) {
        Path home = directory.resolve("authority");
        return CertificateAuthority.existsIn(home)
                ? CertificateAuthority.open(home, at(now), random)
                : CertificateAuthority.create(home, at(now), random);
    }

    private static CertificateWish wish(Identity identity, String... addresses) {
        return new CertificateWish(identity, List.of(addresses), CertificateWish.DEFAULT_VALIDITY);
    }

    private static void validate(KeyMaterial issued, X509Certificate anchor) throws Exception {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(NOW.plusSeconds(60)));
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(issued.chain()), parameters);
    }

    @Test
    void what_it_issues_is_valid_says_who_it_is_of_and_where_it_is_reached() throws Exception {
        CertificateAuthority authority = authority(NOW);
        KeyMaterial server = authority.issue(wish(Identity.server("kafka1"), "kafka1.example", "10.0.0.1", "::1"));
        KeyMaterial client = authority.issue(wish(Identity.client("reports", 7)));

        validate(server, authority.certificate());
        validate(client, authority.certificate());
        CertificateReport report = CertificateReport.of(server.certificate());
        assertThat(report.subject()).isEqualTo("CN=kafka1,OU=server,O=callisto");
        assertThat(report.addresses()).contains("kafka1.example", "10.0.0.1").hasSize(3);
        assertThat(report.notAfter()).isEqualTo(NOW.plus(Duration.ofDays(397)));
        assertThat(report.key()).isEqualTo("EC 256");
        assertThat(server.certificate().getExtendedKeyUsage()).hasSize(2);
        assertThat(client.certificate().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(Identity.of(client.certificate())).contains(Identity.client("reports", 7));
        assertThat(authority.issued()).containsExactlyInAnyOrder(server.certificate(), client.certificate());
        assertThat(CertificateReport.issuedByOneOf(client.chain(), List.of(authority.certificate())))
                .isTrue();
    }

    @Test
    void all_files_are_their_owners_alone() throws IOException {
        CertificateAuthority authority = authority(NOW);
        KeyMaterial issued = authority.issue(wish(Identity.service("s1")));
        KeyFiles.writePem(directory.resolve("s1/key.pem"), issued);
        KeyFiles.writePkcs12(directory.resolve("s1/key.p12"), "s1", issued, "secret".toCharArray());
        KeyFiles.writeTrustPkcs12(
                directory.resolve("s1/trusted.p12"), List.of(authority.certificate()), "secret".toCharArray());

        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile))
                    .hasSizeGreaterThan(5)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as(file.toString())
                            .isEqualTo("rw-------"));
        }
        assertThat(KeyFiles.readPem(directory.resolve("s1/key.pem"))).isEqualTo(issued);
        assertThat(KeyFiles.certificates(directory.resolve("s1/key.p12"), "secret".toCharArray()))
                .isEqualTo(issued.chain());
        assertThat(KeyFiles.certificates(directory.resolve("s1/trusted.p12"), "secret".toCharArray()))
                .containsExactly(authority.certificate());
        assertThatThrownBy(() -> KeyFiles.certificates(directory.resolve("s1/key.p12"), "wrong".toCharArray()))
                .hasMessageContaining("key.p12")
                .hasMessageContaining("password");
    }

    @Test
    void nothing_outlives_the_authority_and_an_expired_one_issues_no_more() {
        authority(NOW);
        Instant late = NOW.plus(CertificateAuthority.LIFE).minus(Duration.ofDays(10));
        KeyMaterial last = authority(late).issue(wish(Identity.service("s1")));
        assertThat(last.certificate().getNotAfter().toInstant()).isEqualTo(NOW.plus(CertificateAuthority.LIFE));

        CertificateAuthority expired = authority(NOW.plus(CertificateAuthority.LIFE));
        assertThatThrownBy(() -> expired.issue(wish(Identity.service("s1"))))
                .isInstanceOf(CertificateFailure.class)
                .hasMessageContaining("expired at 2036-")
                .hasMessageContaining("--replace");
    }

    @Test
    void there_is_one_authority_in_a_directory_and_a_successor_has_another_name() {
        CertificateAuthority first = authority(NOW);
        Path home = directory.resolve("authority");
        assertThatThrownBy(() -> CertificateAuthority.create(home, at(NOW), random))
                .hasMessageContaining("already")
                .hasMessageContaining("--replace");

        CertificateAuthority second = CertificateAuthority.replace(home, at(NOW), random);
        assertThat(second.certificate().getSubjectX500Principal())
                .isNotEqualTo(first.certificate().getSubjectX500Principal());
        assertThat(CertificateAuthority.open(home, at(NOW), random).certificate())
                .isEqualTo(second.certificate());
        KeyMaterial issued = second.issue(wish(Identity.service("s1")));
        assertThat(CertificateReport.issuedByOneOf(issued.chain(), List.of(first.certificate())))
                .isFalse();
        assertThatThrownBy(() -> CertificateAuthority.open(directory.resolve("none"), at(NOW), random))
                .hasMessageContaining("certs init");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,OU=service", "a b", "-a", "ü", "a\\", "a/../b"})
    void a_name_that_could_be_read_as_another_one_is_refused(String name) {
        assertThatThrownBy(() -> Identity.service(name)).isInstanceOf(CertificateFailure.class);
    }

    @Test
    void a_client_needs_an_organisation_and_nobody_else_has_one() {
        assertThatThrownBy(() -> new Identity("a", CertificateKind.CLIENT, null))
                .hasMessageContaining("--organisation");
        assertThatThrownBy(() -> new Identity("a", CertificateKind.SERVICE, 1)).hasMessageContaining("only clients");
        assertThatThrownBy(() -> Identity.client("a", -1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> wish(Identity.server("a"), "not an address")).hasMessageContaining("not an address");
        assertThatThrownBy(() -> new CertificateWish(Identity.server("a"), List.of(), Duration.ZERO))
                .isInstanceOf(CertificateFailure.class);
    }

    @Test
    void only_a_sound_authority_may_be_trusted() throws Exception {
        CertificateAuthority authority = authority(NOW);
        assertThat(CertificateReport.objections(authority.certificate(), NOW)).isEmpty();
        assertThat(CertificateReport.objections(
                        authority.certificate(),
                        NOW.plus(CertificateAuthority.LIFE).plusSeconds(1)))
                .singleElement()
                .asString()
                .contains("expired");
        assertThat(CertificateReport.objections(
                        authority.issue(wish(Identity.service("s1"))).certificate(), NOW))
                .singleElement()
                .asString()
                .contains("not an authority");
        assertThat(CertificateReport.objections(selfSigned("RSA", 1024, "SHA1withRSA"), NOW))
                .anyMatch(objection -> objection.contains("too weak"))
                .anyMatch(objection -> objection.contains("SHA1withRSA"));
        assertThat(CertificateReport.objections(selfSigned("RSA", 2048, "SHA256withRSA"), NOW))
                .isEmpty();
    }

    private X509Certificate selfSigned(String algorithm, int bits, String signature) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        KeyPair pair = generator.generateKeyPair();
        X500Principal name = new X500Principal("CN=somebody");
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(NOW.minusSeconds(60)),
                                Date.from(NOW.plusSeconds(6_000)),
                                name,
                                pair.getPublic())
                        .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                        .build(new JcaContentSignerBuilder(signature).build(pair.getPrivate())));
    }

    @Test
    void operators_are_warned_a_month_before_the_end() {
        X509Certificate certificate =
                authority(NOW).issue(wish(Identity.service("s1"))).certificate();
        Instant end = certificate.getNotAfter().toInstant();
        assertThat(CertificateReport.warnings(certificate, NOW)).isEmpty();
        assertThat(CertificateReport.warnings(certificate, end.minus(Duration.ofDays(7))))
                .singleElement()
                .asString()
                .startsWith("expires in 7 days");
        assertThat(CertificateReport.warnings(certificate, end))
                .singleElement()
                .asString()
                .startsWith("expired at");
        assertThat(CertificateReport.warnings(certificate, NOW.minus(Duration.ofDays(1))))
                .singleElement()
                .asString()
                .startsWith("not valid before");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no certificate",
                "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\nAAAA\n",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"
            })
    void what_is_no_certificate_is_refused_in_words(String text) {
        assertThatThrownBy(() -> Pem.certificates(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(CertificateFailure.class)
                .hasMessageContaining("ertificate");
    }

    @Test
    void a_directory_that_cannot_be_written_is_named() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> CertificateAuthority.create(file.resolve("sub"), at(NOW), random))
                .isInstanceOf(CertificateFailure.class)
                .hasMessageContaining(file.toString());
    }
}
