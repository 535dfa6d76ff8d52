package io.callisto.server.cluster;

import io.callisto.certificates.CertificateAuthority;
import io.callisto.certificates.CertificateFailure;
import io.callisto.certificates.CertificateReport;
import io.callisto.certificates.CertificateWish;
import io.callisto.certificates.Identity;
import io.callisto.certificates.KeyFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The certificates of a local cluster, below {@code tls/}: an authority, and for each broker, server and the
 * administrator a key store {@code key.pem} and a trust store {@code trusted.pem}. What is there and good for a while
 * is left alone, since the console's trusted certificates are the truth about the trust stores once a server runs.
 */
final class ClusterCertificates {
    /** Whose certificate the tools of this machine show. */
    static final String ADMINISTRATOR = "admin";

    private final Path directory;

    ClusterCertificates(Path home) {
        this.directory = home.resolve("tls");
    }

    Path authority() {
        return directory.resolve("authority");
    }

    Path keyStore(String name) {
        return directory.resolve(name).resolve("key.pem");
    }

    Path trustStore(String name) {
        return directory.resolve(name).resolve("trusted.pem");
    }

    /** Properties of a Kafka client with a part's certificate. PEM files: nothing secret stands in a command line. */
    Map<String, String> client(String name) {
        Map<String, String> p = new LinkedHashMap<>();
        p.put("security.protocol", "SSL");
        p.put("ssl.keystore.type", "PEM");
        p.put("ssl.keystore.location", keyStore(name).toString());
        p.put("ssl.truststore.type", "PEM");
        p.put("ssl.truststore.location", trustStore(name).toString());
        return p;
    }

    /**
     * Makes what is missing, and renews what ends soon.
     *
     * @throws ClusterFailure where it cannot
     */
    void prepare(ClusterState state, Consumer<String> progress) {
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        try {
            CertificateAuthority authority = CertificateAuthority.existsIn(authority())
                    ? CertificateAuthority.open(authority(), clock, random)
                    : CertificateAuthority.create(authority(), clock, random);
            ClusterPlan.numbers(state.options().kafka()).forEach(i -> {
                String name = "kafka" + i;
                prepare(authority, Identity.server(name), state.hostOf(name).address(), clock, progress);
            });
            ClusterPlan.numbers(state.options().servers()).forEach(i -> {
                String name = "s" + i;
                prepare(authority, Identity.service(name), state.hostOf(name).address(), clock, progress);
            });
            prepare(authority, Identity.service(ADMINISTRATOR), state.host(), clock, progress);
        } catch (CertificateFailure e) {
            throw new ClusterFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private void prepare(
            CertificateAuthority authority, Identity identity, String host, Clock clock, Consumer<String> progress) {
        Path trusted = trustStore(identity.name());
        if (!Files.exists(trusted)) {
            KeyFiles.writeTrust(trusted, trustOfOthers(authority));
        }
        Path own = keyStore(identity.name());
        if (Files.exists(own)) {
            X509Certificate certificate = KeyFiles.readPem(own).certificate();
            List<String> warnings = CertificateReport.warnings(certificate, clock.instant());
            boolean reachable = CertificateReport.of(certificate).addresses().contains(host);
            if (warnings.isEmpty() && reachable) {
                return;
            }
            if (!KeyFiles.trusted(trusted).contains(authority.certificate())) {
                progress.accept("the certificate of " + identity.name() + " needs renewal (" + warnings + "), but the"
                        + " authority in " + authority() + " is not trusted yet; see docs/operating/security.md");
                return;
            }
            progress.accept("renewing the certificate of " + identity.name());
        }
        Set<String> addresses = new LinkedHashSet<>(List.of(host, "localhost", "127.0.0.1"));
        KeyFiles.writePem(
                own,
                authority.issue(
                        new CertificateWish(identity, List.copyOf(addresses), CertificateWish.DEFAULT_VALIDITY)));
    }

    /** A part that comes later trusts whom the others trust, who may have changed since the beginning. */
    private List<X509Certificate> trustOfOthers(CertificateAuthority authority) {
        List<X509Certificate> known = KeyFiles.trusted(trustStore("kafka1"));
        return known.isEmpty() ? List.of(authority.certificate()) : known;
    }
}
