package io.callisto.server.cli.certs;

import io.callisto.certificates.CertificateReport;
import io.callisto.certificates.KeyFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code callisto certs show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows the certificates in a file: PEM, DER, or PKCS #12 (.p12, .pfx).")
final class ShowCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE")
    private Path file = Path.of("");

    @Option(
            names = "--password",
            interactive = true,
            arity = "0..1",
            description = "Of a PKCS #12 store; without a value it is asked for.")
    private char @Nullable [] password;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        for (X509Certificate certificate : KeyFiles.certificates(file, password == null ? new char[0] : password)) {
            CertificateReport report = CertificateReport.of(certificate);
            out.println("subject      " + report.subject() + (report.authority() ? "  (authority)" : ""));
            out.println("issuer       " + report.issuer());
            out.println("addresses    " + (report.addresses().isEmpty() ? "-" : String.join(", ", report.addresses())));
            out.println("valid        " + report.notBefore() + " to " + report.notAfter());
            out.println("key          " + report.key());
            out.println("serial       " + report.serial());
            out.println("fingerprint  " + report.fingerprint());
            CertificateReport.warnings(certificate, Clock.systemUTC().instant())
                    .forEach(warning -> out.println("WARNING      " + warning));
            out.println();
        }
        out.flush();
        return 0;
    }
}
