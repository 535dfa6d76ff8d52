package io.callisto.certificates;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Key stores and trust stores in files, as PEM and as PKCS #12. */
public final class KeyFiles {
    private KeyFiles() {}

    /** A key with its chain in one PEM file, as Kafka's {@code ssl.keystore.type=PEM} wants it. */
    public static void writePem(Path file, KeyMaterial material) {
        SecretFile.write(file, Pem.of(material.key()) + Pem.of(material.chain()));
    }

    /** Only the key, for programs that want it apart. */
    public static void writeKey(Path file, KeyMaterial material) {
        SecretFile.write(file, Pem.of(material.key()));
    }

    /** Trusted certificates as PEM. */
    public static void writeTrust(Path file, Collection<X509Certificate> trusted) {
        SecretFile.write(file, Pem.of(trusted));
    }

    /** A key with its chain as PKCS #12. */
    public static void writePkcs12(Path file, String alias, KeyMaterial material, char[] password) {
        SecretFile.write(
                file,
                store(
                        store -> store.setKeyEntry(
                                alias,
                                material.key(),
                                password,
                                material.chain().toArray(new Certificate[0])),
                        password));
    }

    /** Trusted certificates as PKCS #12. */
    public static void writeTrustPkcs12(Path file, Collection<X509Certificate> trusted, char[] password) {
        SecretFile.write(
                file,
                store(
                        store -> {
                            int number = 0;
                            for (X509Certificate certificate : trusted) {
                                store.setCertificateEntry("trusted-" + ++number, certificate);
                            }
                        },
                        password));
    }

    @FunctionalInterface
    private interface Filling {
        void fill(KeyStore store) throws GeneralSecurityException;
    }

    private static byte[] store(Filling filling, char[] password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            filling.fill(store);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, password);
            return bytes.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot make a PKCS #12 store", e);
        }
    }

    /** The key and its chain in a PEM file of ours. */
    public static KeyMaterial readPem(Path file) {
        byte[] content = SecretFile.read(file);
        return new KeyMaterial(Pem.privateKey(content), Pem.certificates(content));
    }

    /**
     * The certificates in a file: PEM, DER or PKCS #12.
     *
     * @param password of a PKCS #12 store; empty: none
     * @throws CertificateFailure where the file holds no certificate, or the password is wrong
     */
    public static List<X509Certificate> certificates(Path file, char[] password) {
        byte[] content = SecretFile.read(file);
        String name = String.valueOf(file.getFileName());
        try {
            return name.endsWith(".p12") || name.endsWith(".pfx")
                    ? inPkcs12(content, password)
                    : Pem.certificates(content);
        } catch (CertificateFailure e) {
            throw new CertificateFailure(file + ": " + e.getMessage(), e);
        }
    }

    private static List<X509Certificate> inPkcs12(byte[] content, char[] password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), password.length == 0 ? null : password);
            Set<String> aliases = new TreeSet<>(Collections.list(store.aliases()));
            List<X509Certificate> found = new ArrayList<>();
            for (String alias : aliases) {
                Certificate[] chain = store.getCertificateChain(alias);
                for (Certificate certificate :
                        chain == null ? new Certificate[] {store.getCertificate(alias)} : chain) {
                    if (certificate instanceof X509Certificate x509) {
                        found.add(x509);
                    }
                }
            }
            if (found.isEmpty()) {
                throw new CertificateFailure("it holds no certificate that can be read"
                        + (password.length == 0 ? " without its password; add --password" : ""));
            }
            return found;
        } catch (GeneralSecurityException | IOException e) {
            throw new CertificateFailure("it is no PKCS #12 store, or its password is another one", e);
        }
    }

    /** The certificates in a PEM file, or none where there is no file. */
    public static List<X509Certificate> trusted(Path file) {
        return Files.exists(file) ? Pem.certificates(SecretFile.read(file)) : List.of();
    }
}
