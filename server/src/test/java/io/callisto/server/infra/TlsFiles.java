package io.callisto.server.infra;

import io.callisto.certificates.CertificateAuthority;
import io.callisto.certificates.CertificateWish;
import io.callisto.certificates.Identity;
import io.callisto.certificates.KeyFiles;
import io.callisto.certificates.KeyMaterial;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An authority of a test, and the files of those who have its certificates. */
final class TlsFiles {
    private static final List<String> ADDRESSES = List.of("localhost", "127.0.0.1");

    private final Path directory;
    private final CertificateAuthority authority;

    TlsFiles(Path directory, String name) {
        this.directory = directory;
        this.authority = CertificateAuthority.create(directory.resolve(name), Clock.systemUTC(), new SecureRandom());
    }

    private TlsFiles(Path directory, CertificateAuthority authority) {
        this.directory = directory;
        this.authority = authority;
    }

    /** The same authority as it was some time ago. */
    TlsFiles ago(String name, Duration time) {
        Clock clock = Clock.offset(Clock.systemUTC(), time.negated());
        return new TlsFiles(directory, CertificateAuthority.open(directory.resolve(name), clock, new SecureRandom()));
    }

    X509Certificate certificate() {
        return authority.certificate();
    }

    KeyMaterial issue(Identity identity, Duration validity) {
        return authority.issue(new CertificateWish(identity, ADDRESSES, validity));
    }

    KeyMaterial issue(Identity identity) {
        return issue(identity, Duration.ofDays(1));
    }

    Path keyStore(String holder) {
        return directory.resolve(holder).resolve("key.pem");
    }

    Path trustStore(String holder) {
        return directory.resolve(holder).resolve("trusted.pem");
    }

    /** Gives a holder a new key, in place of what it has. */
    void equip(String holder, Identity identity) {
        KeyFiles.writePem(keyStore(holder), issue(identity));
    }

    void trust(String holder, X509Certificate... authorities) {
        KeyFiles.writeTrust(trustStore(holder), List.of(authorities));
    }

    /** Properties of a client with a holder's files. */
    Map<String, String> client(String holder) {
        Map<String, String> p = new HashMap<>();
        p.put("security.protocol", "SSL");
        p.put("ssl.keystore.type", "PEM");
        p.put("ssl.keystore.location", keyStore(holder).toString());
        p.put("ssl.truststore.type", "PEM");
        p.put("ssl.truststore.location", trustStore(holder).toString());
        return p;
    }
}
