package io.callisto.certificates;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * What people want to know of a certificate.
 *
 * @param subject whose it is
 * @param issuer who vouches for it
 * @param addresses host names and IP addresses that it is good for
 * @param notBefore from when
 * @param notAfter until when
 * @param serial the issuer's number of it, in hexadecimal
 * @param fingerprint SHA-256 of the whole certificate, in hexadecimal with colons
 * @param key algorithm and size, such as {@code EC 256}
 * @param authority whether it may issue others
 */
public record CertificateReport(
        String subject,
        String issuer,
        List<String> addresses,
        Instant notBefore,
        Instant notAfter,
        String serial,
        String fingerprint,
        String key,
        boolean authority) {
    /** Time before the end in which operators are warned. */
    public static final Duration WARN_BEFORE = Duration.ofDays(30);

    private static final int LEAST_RSA_BITS = 2048;
    private static final int LEAST_EC_BITS = 224;

    public CertificateReport {
        addresses = List.copyOf(addresses);
    }

    public static CertificateReport of(X509Certificate certificate) {
        return new CertificateReport(
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                addresses(certificate),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                certificate.getSerialNumber().toString(16),
                fingerprint(certificate),
                certificate.getPublicKey().getAlgorithm() + " " + bits(certificate.getPublicKey()),
                isAuthority(certificate));
    }

    /** SHA-256 of a certificate. */
    public static String fingerprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Pem.encoded(certificate));
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether it may issue others. */
    public static boolean isAuthority(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        return certificate.getBasicConstraints() >= 0 && (usage == null || usage[5]);
    }

    /**
     * Why a certificate must not be trusted as the issuer of others; empty: it may.
     *
     * @param now judged at this time
     */
    public static List<String> objections(X509Certificate certificate, Instant now) {
        List<String> objections = new ArrayList<>();
        if (!isAuthority(certificate)) {
            objections.add("it is not an authority's certificate (CA:TRUE with key usage keyCertSign): trust the one"
                    + " that issued it");
        }
        if (!certificate.getNotAfter().toInstant().isAfter(now)) {
            objections.add("it expired at " + certificate.getNotAfter().toInstant());
        }
        int bits = bits(certificate.getPublicKey());
        int least = certificate.getPublicKey() instanceof ECPublicKey ? LEAST_EC_BITS : LEAST_RSA_BITS;
        if (bits > 0 && bits < least) {
            objections.add("its key is too weak: " + certificate.getPublicKey().getAlgorithm() + " with " + bits
                    + " bits, at least " + least + " are needed");
        }
        String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        if (signature.contains("MD5") || signature.contains("MD2") || signature.contains("SHA1")) {
            objections.add("it is signed with " + certificate.getSigAlgName() + ", which can be forged");
        }
        return objections;
    }

    /** What an operator should know of a certificate that is in use. */
    public static List<String> warnings(X509Certificate certificate, Instant now) {
        List<String> warnings = new ArrayList<>();
        Instant end = certificate.getNotAfter().toInstant();
        if (!end.isAfter(now)) {
            warnings.add("expired at " + end);
        } else if (end.isBefore(now.plus(WARN_BEFORE))) {
            warnings.add("expires in " + Duration.between(now, end).toDays() + " days, at " + end);
        }
        if (certificate.getNotBefore().toInstant().isAfter(now)) {
            warnings.add("not valid before " + certificate.getNotBefore().toInstant());
        }
        return warnings;
    }

    /** Whether one of these authorities has issued it. Chains of more than one step are followed. */
    public static boolean issuedByOneOf(List<X509Certificate> chain, Collection<X509Certificate> authorities) {
        for (X509Certificate link : chain) {
            for (X509Certificate authority : authorities) {
                if (authority.equals(link) || issued(authority, link)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean issued(X509Certificate authority, X509Certificate certificate) {
        if (!certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static List<String> addresses(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream().map(name -> String.valueOf(name.get(1))).toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static int bits(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength();
        }
        if (key instanceof ECPublicKey ec) {
            return ec.getParams().getCurve().getField().getFieldSize();
        }
        return key instanceof DSAPublicKey dsa ? dsa.getParams().getP().bitLength() : 0;
    }
}
