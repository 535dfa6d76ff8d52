package io.callisto.server.cli.certs;

import io.callisto.certificates.CertificateAuthority;
import io.callisto.certificates.CertificateReport;
import java.io.PrintWriter;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code callisto certs list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Shows the authority and what it issued, those that expire first at the top.")
final class ListCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private AuthorityOption authority = new AuthorityOption();

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        CertificateAuthority opened = authority.open();
        Instant now = Clock.systemUTC().instant();
        out.println("AUTHORITY  " + line(opened.certificate(), now));
        opened.issued().forEach(certificate -> out.println("           " + line(certificate, now)));
        out.flush();
        return 0;
    }

    private static String line(X509Certificate certificate, Instant now) {
        CertificateReport report = CertificateReport.of(certificate);
        List<String> warnings = CertificateReport.warnings(certificate, now);
        return report.notAfter() + "  " + report.subject() + "  " + report.serial()
                + (warnings.isEmpty() ? "" : "  " + String.join(", ", warnings).toUpperCase(Locale.ROOT));
    }
}
