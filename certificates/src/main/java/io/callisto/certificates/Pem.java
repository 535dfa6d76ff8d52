package io.callisto.certificates;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys and certificates as text. Pure functions. */
public final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s+([A-Za-z0-9+/=\\s]+?)-----END \\1-----");
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});
    private static final int MOST_CERTIFICATES = 100;

    private Pem() {}

    /** Certificates, one below the other. */
    public static String of(Collection<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            text.append(block("CERTIFICATE", encoded(certificate)));
        }
        return text.toString();
    }

    static String of(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    private static String block(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n" + LINES.encodeToString(content) + "\n-----END " + kind + "-----\n";
    }

    /**
     * The certificates in a file's content: PEM (any number, with whatever is between them) or DER (one).
     *
     * @throws CertificateFailure where there is none, or one is damaged
     */
    public static List<X509Certificate> certificates(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (!text.contains("-----BEGIN")) {
            return List.of(certificate(content));
        }
        List<X509Certificate> found = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            if (blocks.group(1).equals("CERTIFICATE") || blocks.group(1).equals("TRUSTED CERTIFICATE")) {
                found.add(certificate(decoded(blocks.group(2))));
            }
            if (found.size() > MOST_CERTIFICATES) {
                throw new CertificateFailure("more than " + MOST_CERTIFICATES + " certificates at once");
            }
        }
        if (found.isEmpty()) {
            throw new CertificateFailure("there is no whole certificate between BEGIN CERTIFICATE and END CERTIFICATE");
        }
        return List.copyOf(found);
    }

    /**
     * The private key in a file's content: unencrypted PKCS #8 in PEM.
     *
     * @throws CertificateFailure where there is none that can be used
     */
    static PrivateKey privateKey(byte[] content) {
        Matcher blocks = BLOCK.matcher(new String(content, StandardCharsets.ISO_8859_1));
        while (blocks.find()) {
            if (blocks.group(1).equals("PRIVATE KEY")) {
                PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(decoded(blocks.group(2)));
                for (String algorithm : List.of("EC", "RSA")) {
                    try {
                        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
                    } catch (GeneralSecurityException e) {
                        // Then it is of the other kind, or of none that we know.
                    }
                }
                throw new CertificateFailure("the private key is neither an EC nor an RSA key in PKCS #8");
            }
        }
        throw new CertificateFailure("there is no unencrypted PKCS #8 private key (BEGIN PRIVATE KEY)");
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new CertificateFailure("the base64 of the PEM text is damaged", e);
        }
    }

    private static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new CertificateFailure("it is no X.509 certificate in PEM or DER, or a damaged one", e);
        }
    }

    static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a parsed certificate has its encoding", e);
        }
    }
}
