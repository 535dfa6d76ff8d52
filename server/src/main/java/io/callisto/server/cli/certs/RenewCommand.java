package io.callisto.server.cli.certs;

import io.callisto.certificates.CertificateAuthority;
import io.callisto.certificates.CertificateFailure;
import io.callisto.certificates.CertificateReport;
import io.callisto.certificates.CertificateWish;
import io.callisto.certificates.Identity;
import io.callisto.certificates.KeyFiles;
import io.callisto.certificates.KeyMaterial;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
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

/** {@code callisto certs renew}. */
@Command(
        name = "renew",
        mixinStandardHelpOptions = true,
        description = {
            "Issues a successor of certificates, with new keys and the same names, and replaces their files.",
            "Callisto's brokers and services take replaced files without a restart."
        })
final class RenewCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private AuthorityOption authority = new AuthorityOption();

    @Parameters(arity = "1..*", paramLabel = "FILE.pem", description = "Files with a key and its certificate.")
    private List<Path> files = List.of();

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "397",
            description = "How long they are valid (default: ${DEFAULT-VALUE}).")
    private int days = 397;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        CertificateAuthority issuer = authority.open();
        for (Path file : files) {
            X509Certificate former = KeyFiles.readPem(file).certificate();
            Identity identity = Identity.of(former)
                    .orElseThrow(() -> new CertificateFailure(file + " is of " + former.getSubjectX500Principal()
                            + ", which is not of the form CN=name,OU=server|service|organisation-N,O=callisto"));
            List<String> addresses = CertificateReport.of(former).addresses();
            KeyMaterial issued = issuer.issue(new CertificateWish(identity, addresses, Duration.ofDays(days)));
            IssuedFiles.of(file).renew(issued);
            CertificateReport report = CertificateReport.of(issued.certificate());
            out.println("renewed " + report.subject() + " in " + file + ", valid until " + report.notAfter());
        }
        out.flush();
        return 0;
    }
}
