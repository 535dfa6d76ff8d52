package io.callisto.console.trust;

import io.callisto.certificates.CertificateFailure;
import io.callisto.certificates.CertificateReport;
import io.callisto.certificates.KeyFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings this server's trust stores in line with the database. A file is replaced in one step, and only where it would
 * change: who uses it reads it again whenever it was touched. Used by one thread where nothing else is said.
 */
final class TrustFiles {
    private static final Logger log = LoggerFactory.getLogger(TrustFiles.class);

    private final JdbcTrustStore store;
    private final String server;
    private final List<Path> files;
    private final char[] password;
    private final @Nullable Path keyStore;

    TrustFiles(JdbcTrustStore store, String server, TrustProperties properties) {
        this.store = store;
        this.server = server;
        this.files = properties.files().stream().map(Path::of).toList();
        this.password = properties.password() == null
                ? new char[0]
                : properties.password().toCharArray();
        this.keyStore = properties.keyStore() == null ? null : Path.of(properties.keyStore());
    }

    /** Whether there is anything to keep in line. */
    boolean any() {
        return !files.isEmpty() || keyStore != null;
    }

    /** Once: what this server shows is told, what it trusts is written. */
    void settle() {
        if (keyStore != null && Files.exists(keyStore)) {
            store.show(server, KeyFiles.readPem(keyStore).chain());
        }
        if (files.isEmpty()) {
            return;
        }
        takeOver();
        Set<X509Certificate> trusted = trusted();
        // An empty trust store would shut everybody out, the administrator's next change included.
        if (!trusted.isEmpty()) {
            for (Path file : files) {
                write(file, trusted);
            }
        }
    }

    private Set<X509Certificate> trusted() {
        Set<X509Certificate> trusted = new LinkedHashSet<>();
        store.all().forEach(row -> trusted.add(row.certificate()));
        return trusted;
    }

    /**
     * Where nothing is trusted yet: what the trust store holds, which was made before the database. Also before the
     * first import, which must not shut out everybody else. Thread-safe.
     */
    void takeOver() {
        if (files.isEmpty() || !store.all().isEmpty()) {
            return;
        }
        for (X509Certificate certificate : present(files.get(0))) {
            String fingerprint = CertificateReport.fingerprint(certificate);
            String alias =
                    "first-" + fingerprint.substring(0, 11).replace(":", "").toLowerCase(Locale.ROOT);
            if (store.insert(alias, certificate, server)) {
                log.atInfo()
                        .addKeyValue("alias", alias)
                        .addKeyValue("subject", certificate.getSubjectX500Principal())
                        .log("trusted certificate taken over from the trust store");
            }
        }
    }

    private void write(Path file, Set<X509Certificate> trusted) {
        if (present(file).equals(trusted)) {
            return;
        }
        if (file.toString().endsWith(".p12")) {
            KeyFiles.writeTrustPkcs12(file, trusted, password);
        } else {
            KeyFiles.writeTrust(file, trusted);
        }
        log.atInfo()
                .addKeyValue("file", file)
                .addKeyValue("certificates", trusted.size())
                .log("trust store written");
    }

    private Set<X509Certificate> present(Path file) {
        if (!Files.exists(file)) {
            return Set.of();
        }
        try {
            return Set.copyOf(new HashSet<>(KeyFiles.certificates(file, password)));
        } catch (CertificateFailure e) {
            log.atWarn().addKeyValue("reason", e.getMessage()).log("a trust store cannot be read and is written anew");
            return Set.of();
        }
    }
}
