package io.callisto.server.cli.certs;

import io.callisto.certificates.CertificateAuthority;
import io.callisto.certificates.CertificateReport;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code callisto certs init}. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Makes an authority (EC P-256, 10 years). Whoever reads its key can be anybody:",
            "for development and for clusters without an authority of their organisation."
        })
final class InitCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private AuthorityOption authority = new AuthorityOption();

    @Option(
            names = "--replace",
            description = "Makes the successor of the authority that is there, whose files are kept in former/.")
    private boolean replace;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        CertificateAuthority made = replace
                ? CertificateAuthority.replace(authority.directory(), Clock.systemUTC(), new SecureRandom())
                : CertificateAuthority.create(authority.directory(), Clock.systemUTC(), new SecureRandom());
        CertificateReport report = CertificateReport.of(made.certificate());
        out.println("authority " + report.subject() + " in " + authority.directory());
        out.println("valid until " + report.notAfter() + ", SHA-256 " + report.fingerprint());
        out.println("trust it with " + authority.directory().resolve("ca.pem")
                + (replace ? ", everywhere, before you issue with it" : ""));
        out.flush();
        return 0;
    }
}
