package io.callisto.server.cli.certs;

import io.callisto.certificates.CertificateAuthority;
import io.callisto.certificates.CertificateFailure;
import io.callisto.certificates.CertificateKind;
import io.callisto.certificates.CertificateReport;
import io.callisto.certificates.CertificateWish;
import io.callisto.certificates.Identity;
import io.callisto.certificates.KeyMaterial;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code callisto certs issue}. */
@Command(
        name = "issue",
        mixinStandardHelpOptions = true,
        description = {
            "Issues a certificate with a new key, as PEM and as PKCS #12, with trust stores and client properties.",
            "All files are readable by their owner only."
        })
final class IssueCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private AuthorityOption authority = new AuthorityOption();

    @Parameters(paramLabel = "NAME", description = "Name of the holder, such as kafka1 or reports.")
    private String name = "";

    @Option(
            names = "--kind",
            paramLabel = "server|service|client",
            defaultValue = "client",
            description = "server: a Kafka broker; service: Callisto itself, may do everything in Kafka; client: reads"
                    + " one organisation's events (default: client).")
    private CertificateKind kind = CertificateKind.CLIENT;

    @Option(names = "--organisation", paramLabel = "N", description = "Whose events a client may read; 0 is Default.")
    private @Nullable Integer organisation;

    @Option(
            names = "--san",
            split = ",",
            paramLabel = "HOST|IP",
            description = "Host names and IP addresses at which the holder is reached (default for a server:"
                    + " localhost,127.0.0.1).")
    private @Nullable List<String> addresses;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "397",
            description = "How long it is valid, at most as long as the authority (default: ${DEFAULT-VALUE}).")
    private int days = 397;

    @Option(names = "--out", paramLabel = "DIR", description = "Where the files go (default: ./NAME).")
    private @Nullable Path directory;

    @Option(names = "--force", description = "Replaces the files of an earlier certificate of the name.")
    private boolean force;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Identity identity = new Identity(name, kind, organisation);
        Path where = directory == null ? Path.of(name) : directory;
        IssuedFiles files = new IssuedFiles(where.toAbsolutePath().normalize(), name);
        if (Files.exists(files.pem()) && !force) {
            throw new CertificateFailure(
                    files.pem() + " exists. Renew it with 'callisto certs renew', or replace it" + " with --force.");
        }
        CertificateAuthority issuer = authority.open();
        KeyMaterial issued = issuer.issue(new CertificateWish(identity, addresses(identity), Duration.ofDays(days)));
        files.write(issued, List.of(issuer.certificate()), new SecureRandom());
        CertificateReport report = CertificateReport.of(issued.certificate());
        out.println("issued " + report.subject() + ", valid until " + report.notAfter());
        files.describe().forEach(out::println);
        out.flush();
        return 0;
    }

    private List<String> addresses(Identity identity) {
        if (addresses != null) {
            return addresses;
        }
        return identity.kind() == CertificateKind.SERVER ? List.of("localhost", "127.0.0.1") : List.of();
    }
}
