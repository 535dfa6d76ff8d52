package io.callisto.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.certificates.CertificateAuthority;
import io.callisto.certificates.CertificateKind;
import io.callisto.certificates.CertificateReport;
import io.callisto.certificates.CertificateWish;
import io.callisto.certificates.Identity;
import io.callisto.certificates.KeyFiles;
import io.callisto.domain.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Requirement("EV-9")
class ClusterCertificatesTest {
    @TempDir
    Path directory;

    private final List<String> told = new ArrayList<>();

    private ClusterState state() {
        ClusterOptions options =
                ClusterOptions.defaults().withKafka(3).withServers(2).withSecurity(KafkaSecurity.TLS);
        return ClusterPlan.assignPorts(
                new ClusterState(
                        ClusterState.FORMAT,
                        options,
                        "127.0.0.1",
                        Map.of(),
                        "cluster",
                        Map.of("1", "a", "2", "b", "3", "c"),
                        Map.of()),
                directory);
    }

    private ClusterCertificates prepared() {
        ClusterCertificates certificates = new ClusterCertificates(directory);
        certificates.prepare(state(), told::add);
        return certificates;
    }

    private static X509Certificate of(ClusterCertificates certificates, String holder) {
        return KeyFiles.readPem(certificates.keyStore(holder)).certificate();
    }

    @Test
    void every_part_has_a_certificate_of_one_authority_and_keeps_it() {
        ClusterCertificates certificates = prepared();
        assertThat(Identity.of(of(certificates, "kafka3")))
                .hasValueSatisfying(identity -> assertThat(identity.kind()).isEqualTo(CertificateKind.SERVER));
        assertThat(Identity.of(of(certificates, "s2"))).contains(Identity.service("s2"));
        assertThat(CertificateReport.of(of(certificates, "kafka3")).addresses()).contains("127.0.0.1", "localhost");
        X509Certificate before = of(certificates, "s2");
        X509Certificate authority =
                KeyFiles.trusted(certificates.trustStore("s2")).get(0);
        assertThat(CertificateReport.issuedByOneOf(List.of(before), List.of(authority)))
                .isTrue();

        prepared();
        assertThat(of(certificates, "s2")).isEqualTo(before);
        assertThat(told).isEmpty();
    }

    @Test
    void what_ends_soon_is_renewed_but_only_by_an_authority_that_is_trusted() {
        ClusterCertificates certificates = prepared();
        CertificateAuthority authority =
                CertificateAuthority.open(certificates.authority(), Clock.systemUTC(), new SecureRandom());
        CertificateWish ending = new CertificateWish(Identity.service("s1"), List.of("127.0.0.1"), Duration.ofDays(5));
        KeyFiles.writePem(certificates.keyStore("s1"), authority.issue(ending));
        prepared();
        assertThat(told).containsExactly("renewing the certificate of s1");
        assertThat(CertificateReport.warnings(
                        of(certificates, "s1"), Clock.systemUTC().instant()))
                .isEmpty();

        KeyFiles.writePem(certificates.keyStore("s1"), authority.issue(ending));
        CertificateAuthority.replace(certificates.authority(), Clock.systemUTC(), new SecureRandom());
        X509Certificate before = of(certificates, "s1");
        told.clear();
        prepared();
        assertThat(of(certificates, "s1")).isEqualTo(before);
        assertThat(told).singleElement().asString().contains("s1", "not trusted yet", "security.md");
    }

    @Test
    void brokers_and_services_are_told_their_files_and_no_secret() {
        ClusterFiles files = new ClusterFiles(directory);
        List<String> broker = new ClusterPlan(state(), files)
                .infrastructure().keySet().stream()
                        .filter(spec -> spec.name().equals("kafka2"))
                        .findFirst()
                        .orElseThrow()
                        .arguments();
        assertThat(broker)
                .contains("--tls-key-store=" + directory.resolve("tls/kafka2/key.pem"))
                .contains("--tls-trust-store=" + directory.resolve("tls/kafka2/trusted.pem"));
        List<String> server = new ServerPlan(state(), files)
                .plan("s2").members().stream()
                        .filter(member -> member.service().equals("server"))
                        .findFirst()
                        .orElseThrow()
                        .spec()
                        .arguments();
        assertThat(server)
                .contains("--callisto.kafka.client.security.protocol=SSL")
                .contains("--callisto.kafka.client.ssl.keystore.location=" + directory.resolve("tls/s2/key.pem"))
                .contains("--callisto.trust.key-store=" + directory.resolve("tls/s2/key.pem"))
                .anyMatch(argument -> argument.startsWith("--callisto.trust.files=")
                        && argument.contains("tls/s2/trusted.pem,")
                        && argument.endsWith("tls/kafka3/trusted.pem"));
    }

    @Test
    void a_cluster_of_an_earlier_version_has_no_tls() throws IOException {
        ClusterFiles files = new ClusterFiles(directory);
        files.save(state().withOptions(ClusterOptions.defaults()));
        Path json = directory.resolve("cluster.json");
        String text = Files.readString(json);
        assertThat(text).contains("\"security\"");
        Files.writeString(json, text.replaceFirst(",\\s*\"security\" : \"NONE\"", ""));
        assertThat(files.load().orElseThrow().options().kafkaTls()).isFalse();
    }
}
