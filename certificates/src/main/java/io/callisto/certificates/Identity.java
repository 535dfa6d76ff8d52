package io.callisto.certificates;

import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Who a certificate says its holder is. The subject is {@code CN=name,OU=unit,O=callisto}; the unit says what the
 * holder may do.
 *
 * @param name of the holder
 * @param kind what it is for
 * @param organisation of a client; null for servers and services
 */
public record Identity(
        String name, CertificateKind kind, @Nullable Integer organisation) {
    /** Kafka's name of every server. */
    public static final String SERVER_PRINCIPAL = "callisto-server";

    /** Kafka's name of every service. */
    public static final String SERVICE_PRINCIPAL = "callisto-service";

    /**
     * How Kafka makes a name of a subject ({@code ssl.principal.mapping.rules}): all clients of an organisation have
     * one name, so that access is granted once for each organisation. Whoever has another subject keeps the whole of
     * it as a name, which nothing is granted to.
     */
    public static final String PRINCIPAL_RULES =
            "RULE:^CN=[A-Za-z0-9._-]+,OU=server,O=callisto$/" + SERVER_PRINCIPAL + "/,"
                    + "RULE:^CN=[A-Za-z0-9._-]+,OU=service,O=callisto$/" + SERVICE_PRINCIPAL + "/,"
                    + "RULE:^CN=[A-Za-z0-9._-]+,OU=(organisation-[0-9]+),O=callisto$/$1/,DEFAULT";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9])?");
    private static final Pattern SUBJECT = Pattern.compile(
            "CN=(?<name>[A-Za-z0-9._-]+),OU=(?<unit>server|service|organisation-(?<id>[0-9]{1,9}))," + "O=callisto");

    public Identity {
        if (!NAME.matcher(name).matches()) {
            throw new CertificateFailure("'" + name + "' is no name for a certificate: 1 to 64 letters, digits, dots,"
                    + " hyphens and underscores, with a letter or digit at both ends");
        }
        if (kind == CertificateKind.CLIENT && organisation == null) {
            throw new CertificateFailure("a client belongs to an organisation: add --organisation N (0 is Default)");
        }
        if (kind != CertificateKind.CLIENT && organisation != null) {
            throw new CertificateFailure("only clients belong to an organisation; a server or service serves all");
        }
        if (organisation != null && (organisation < 0 || organisation > 999_999_999)) {
            throw new CertificateFailure("an organisation's number is 0 to 999999999, not " + organisation);
        }
    }

    public static Identity server(String name) {
        return new Identity(name, CertificateKind.SERVER, null);
    }

    public static Identity service(String name) {
        return new Identity(name, CertificateKind.SERVICE, null);
    }

    public static Identity client(String name, int organisation) {
        return new Identity(name, CertificateKind.CLIENT, organisation);
    }

    /** Kafka's name of an organisation's clients. */
    public static String principalOf(int organisation) {
        return CertificateKind.CLIENT.unit() + organisation;
    }

    /** Who a certificate's holder is; empty where the subject is not one of ours. */
    public static Optional<Identity> of(X509Certificate certificate) {
        Matcher subject = SUBJECT.matcher(certificate.getSubjectX500Principal().getName());
        if (!subject.matches()) {
            return Optional.empty();
        }
        String name = subject.group("name");
        String id = subject.group("id");
        return switch (subject.group("unit")) {
            case "server" -> Optional.of(server(name));
            case "service" -> Optional.of(service(name));
            default -> Optional.of(client(name, Integer.parseInt(id)));
        };
    }

    X500Principal subject() {
        String unit = organisation == null ? kind.unit() : principalOf(organisation);
        return new X500Principal("CN=" + name + ",OU=" + unit + ",O=callisto");
    }
}
