package io.callisto.server.cli.certs;

import io.callisto.certificates.CertificateFailure;
import io.callisto.certificates.KeyFiles;
import io.callisto.certificates.KeyMaterial;
import io.callisto.certificates.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/**
 * The files of one certificate: for Kafka's Java clients (PEM or PKCS #12), and apart for programs built on librdkafka
 * such as kcat.
 */
final class IssuedFiles {
    private static final int PASSWORD_BYTES = 18;

    private final Path directory;
    private final String name;

    IssuedFiles(Path directory, String name) {
        this.directory = directory;
        this.name = name;
    }

    /** Those of a certificate that is in a file. */
    static IssuedFiles of(Path pem) {
        Path file = pem.toAbsolutePath().normalize();
        String base = String.valueOf(file.getFileName()).replaceFirst("\\.pem$", "");
        Path parent = file.getParent();
        return new IssuedFiles(parent == null ? Path.of(".") : parent, base);
    }

    Path pem() {
        return directory.resolve(name + ".pem");
    }

    private Path pkcs12() {
        return directory.resolve(name + ".p12");
    }

    private Path key() {
        return directory.resolve(name + ".key");
    }

    private Path certificate() {
        return directory.resolve(name + ".crt");
    }

    private Path password() {
        return directory.resolve(name + ".password");
    }

    private Path properties() {
        return directory.resolve(name + ".properties");
    }

    private Path trustPem() {
        return directory.resolve("trusted.pem");
    }

    private Path trustPkcs12() {
        return directory.resolve("trusted.p12");
    }

    void write(KeyMaterial material, Collection<X509Certificate> trusted, SecureRandom random) {
        byte[] secret = new byte[PASSWORD_BYTES];
        random.nextBytes(secret);
        String password = Base64.getUrlEncoder().encodeToString(secret);
        KeyFiles.writeTrust(trustPem(), trusted);
        KeyFiles.writeTrustPkcs12(trustPkcs12(), trusted, password.toCharArray());
        SecretFile.write(password(), password);
        KeyFiles.writeKey(key(), material);
        KeyFiles.writeTrust(certificate(), material.chain());
        KeyFiles.writePkcs12(pkcs12(), name, material, password.toCharArray());
        SecretFile.write(properties(), String.join("\n", clientProperties()) + "\n");
        // Last: where it is, all of them are.
        KeyFiles.writePem(pem(), material);
    }

    /** Replaces key and certificate in those files that are there; passwords and trust stores stay. */
    void renew(KeyMaterial material) {
        if (Files.exists(pkcs12()) && Files.exists(password())) {
            try {
                String password =
                        Files.readString(password(), StandardCharsets.UTF_8).strip();
                KeyFiles.writePkcs12(pkcs12(), name, material, password.toCharArray());
            } catch (IOException e) {
                throw new CertificateFailure("cannot read " + password(), e);
            }
        }
        if (Files.exists(key())) {
            KeyFiles.writeKey(key(), material);
        }
        if (Files.exists(certificate())) {
            KeyFiles.writeTrust(certificate(), material.chain());
        }
        KeyFiles.writePem(pem(), material);
    }

    private List<String> clientProperties() {
        return List.of(
                "# For Kafka's own tools and Java clients: --consumer.config or --command-config.",
                "security.protocol=SSL",
                "ssl.enabled.protocols=TLSv1.3,TLSv1.2",
                "ssl.keystore.type=PEM",
                "ssl.keystore.location=" + pem(),
                "ssl.truststore.type=PEM",
                "ssl.truststore.location=" + trustPem());
    }

    List<String> describe() {
        return List.of(
                "  " + pem() + "  key and chain, PEM (Kafka: ssl.keystore.type=PEM)",
                "  " + key() + ", " + certificate() + "  the same apart (kcat: ssl.key.location,"
                        + " ssl.certificate.location)",
                "  " + trustPem() + "  whom to trust, PEM",
                "  " + pkcs12() + ", " + trustPkcs12() + "  the same as PKCS #12; password in " + password(),
                "  " + properties() + "  properties for Kafka's own tools and Java clients");
    }
}
