package io.callisto.certificates;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A development authority in a directory: {@code ca.key}, {@code ca.pem}, and a copy of every certificate that it
 * issued in {@code issued/}. Its key is not encrypted, so the directory is as secret as what it protects; where an
 * organisation has an authority of its own, that one issues and this one is not needed. Used by one process at a time.
 */
public final class CertificateAuthority {
    /** How long an authority's own certificate is good. */
    public static final Duration LIFE = Duration.ofDays(3652);

    private static final String KEY = "ca.key";
    private static final String CERTIFICATE = "ca.pem";
    private static final String SIGNATURE = "SHA256withECDSA";
    /** Whose clock is a little slow accepts a certificate that was issued a moment ago. */
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    private final Path directory;
    private final PrivateKey key;
    private final X509Certificate certificate;
    private final Clock clock;
    private final SecureRandom random;

    private CertificateAuthority(
            Path directory, PrivateKey key, X509Certificate certificate, Clock clock, SecureRandom random) {
        this.directory = directory;
        this.key = key;
        this.certificate = certificate;
        this.clock = clock;
        this.random = random;
    }

    /** Whether there is an authority in a directory. */
    public static boolean existsIn(Path directory) {
        return Files.exists(directory.resolve(KEY)) || Files.exists(directory.resolve(CERTIFICATE));
    }

    /**
     * Makes an authority.
     *
     * @throws CertificateFailure where there is one already, or the directory cannot be written
     */
    public static CertificateAuthority create(Path directory, Clock clock, SecureRandom random) {
        if (existsIn(directory)) {
            throw new CertificateFailure("there is an authority in " + directory + " already. Use it, choose another"
                    + " --authority, or make its successor with --replace.");
        }
        KeyPair pair = keyPair(random);
        // Two authorities of one name could not be told apart where both are trusted, as they are during a change.
        X500Principal name = new X500Principal("CN=Callisto development CA " + hex(random, 4) + ",O=callisto");
        Instant now = clock.instant();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                serial(random),
                Date.from(now.minus(CLOCKS_DIFFER)),
                Date.from(now.plus(LIFE)),
                name,
                pair.getPublic());
        X509Certificate certificate;
        try {
            JcaX509ExtensionUtils utils = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, utils.createSubjectKeyIdentifier(pair.getPublic()));
            certificate = sign(builder, pair.getPrivate());
        } catch (GeneralSecurityException | CertIOException e) {
            throw new IllegalStateException("cannot make the authority's certificate", e);
        }
        SecretFile.write(directory.resolve(KEY), Pem.of(pair.getPrivate()));
        SecretFile.write(directory.resolve(CERTIFICATE), Pem.of(List.of(certificate)));
        return new CertificateAuthority(directory, pair.getPrivate(), certificate, clock, random);
    }

    /**
     * Makes the successor of an authority; the former one's files are kept in {@code former/}.
     *
     * @throws CertificateFailure where there is none, or the directory cannot be written
     */
    public static CertificateAuthority replace(Path directory, Clock clock, SecureRandom random) {
        CertificateAuthority former = open(directory, clock, random);
        Path kept = directory
                .resolve("former")
                .resolve(former.certificate.getSerialNumber().toString(16));
        try {
            SecretFile.directory(kept);
            for (String name : List.of(KEY, CERTIFICATE)) {
                Files.move(directory.resolve(name), kept.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new CertificateFailure("cannot move the files of " + directory + ": " + SecretFile.reason(e), e);
        }
        return create(directory, clock, random);
    }

    /**
     * Opens an authority.
     *
     * @throws CertificateFailure where there is none, or its files cannot be used
     */
    public static CertificateAuthority open(Path directory, Clock clock, SecureRandom random) {
        if (!existsIn(directory)) {
            throw new CertificateFailure("there is no authority in " + directory + ". Make one with: callisto certs"
                    + " init --authority " + directory);
        }
        PrivateKey key = Pem.privateKey(SecretFile.read(directory.resolve(KEY)));
        X509Certificate certificate = Pem.certificates(SecretFile.read(directory.resolve(CERTIFICATE)))
                .get(0);
        return new CertificateAuthority(directory, key, certificate, clock, random);
    }

    /** What whoever trusts this authority has in the trust store. */
    public X509Certificate certificate() {
        return certificate;
    }

    /**
     * Issues a certificate with a new key.
     *
     * @throws CertificateFailure where the authority's own certificate has expired
     */
    public KeyMaterial issue(CertificateWish wish) {
        Instant now = clock.instant();
        Instant end = certificate.getNotAfter().toInstant();
        if (!end.isAfter(now)) {
            throw new CertificateFailure("the certificate of the authority in " + directory + " expired at " + end
                    + ". Make its successor with: callisto certs init --replace --authority " + directory);
        }
        Instant until = now.plus(wish.validity());
        KeyPair pair = keyPair(random);
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                certificate,
                serial(random),
                Date.from(now.minus(CLOCKS_DIFFER)),
                Date.from(until.isBefore(end) ? until : end),
                wish.identity().subject(),
                pair.getPublic());
        X509Certificate issued;
        try {
            extend(builder, wish, pair.getPublic());
            issued = sign(builder, key);
        } catch (GeneralSecurityException | CertIOException e) {
            throw new IllegalStateException("cannot issue a certificate", e);
        }
        SecretFile.write(
                directory.resolve("issued").resolve(issued.getSerialNumber().toString(16) + ".pem"),
                Pem.of(List.of(issued)));
        return new KeyMaterial(pair.getPrivate(), List.of(issued));
    }

    private void extend(X509v3CertificateBuilder builder, CertificateWish wish, PublicKey holder)
            throws GeneralSecurityException, CertIOException {
        JcaX509ExtensionUtils utils = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        // A server calls other servers too; a client is no server.
        KeyPurposeId[] purposes = wish.identity().kind() == CertificateKind.CLIENT
                ? new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth}
                : new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth};
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
        builder.addExtension(Extension.subjectKeyIdentifier, false, utils.createSubjectKeyIdentifier(holder));
        builder.addExtension(Extension.authorityKeyIdentifier, false, utils.createAuthorityKeyIdentifier(certificate));
        if (!wish.addresses().isEmpty()) {
            GeneralName[] names = wish.addresses().stream()
                    .map(address -> new GeneralName(
                            CertificateWish.isIp(address) ? GeneralName.iPAddress : GeneralName.dNSName, address))
                    .toArray(GeneralName[]::new);
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        }
    }

    /** All certificates that it issued, those that expire first at the beginning. */
    public List<X509Certificate> issued() {
        Path issued = directory.resolve("issued");
        if (!Files.isDirectory(issued)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(issued)) {
            List<X509Certificate> all = new ArrayList<>();
            files.filter(file -> file.toString().endsWith(".pem"))
                    .forEach(file -> all.addAll(Pem.certificates(SecretFile.read(file))));
            all.sort(Comparator.comparing(X509Certificate::getNotAfter));
            return List.copyOf(all);
        } catch (IOException e) {
            throw new CertificateFailure("cannot read " + issued + ": " + SecretFile.reason(e), e);
        }
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(key)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("cannot sign", e);
        }
    }

    private static KeyPair keyPair(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has EC keys", e);
        }
    }

    private static BigInteger serial(SecureRandom random) {
        return new BigInteger(159, random).setBit(158);
    }

    private static String hex(SecureRandom random, int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        return HexFormat.of().formatHex(value);
    }
}
