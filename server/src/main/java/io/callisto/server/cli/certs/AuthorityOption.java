package io.callisto.server.cli.certs;

import io.callisto.certificates.CertificateAuthority;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import picocli.CommandLine.Option;

/** Which authority. */
final class AuthorityOption {
    @Option(
            names = "--authority",
            paramLabel = "DIR",
            defaultValue = ".callisto/tls/authority",
            description = "Directory of the authority (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of(".callisto/tls/authority");

    Path directory() {
        return directory.toAbsolutePath().normalize();
    }

    CertificateAuthority open() {
        return CertificateAuthority.open(directory(), Clock.systemUTC(), new SecureRandom());
    }
}
