package io.callisto.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Requirement("EV-9")
class CertsTest {
    @TempDir
    Path directory;

    private String out = "";
    private String err = "";

    private int certs(String... args) {
        StringWriter written = new StringWriter();
        StringWriter wrong = new StringWriter();
        List<String> all = new ArrayList<>(List.of("certs"));
        all.addAll(List.of(args));
        if (!args[0].equals("show")) {
            all.addAll(List.of("--authority", directory.resolve("authority").toString()));
        }
        int code = CallistoMain.commandLine()
                .setOut(new PrintWriter(written))
                .setErr(new PrintWriter(wrong))
                .execute(all.toArray(new String[0]));
        out = written.toString();
        err = wrong.toString();
        return code;
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    @Test
    void an_authority_issues_lists_shows_and_renews() throws IOException {
        assertThat(certs("init")).as(err).isZero();
        assertThat(out).contains("CN=Callisto development CA", "ca.pem");
        assertThat(certs("issue", "reports", "--kind", "client", "--organisation", "1", "--out", path("reports")))
                .as(err)
                .isZero();
        assertThat(out).contains("CN=reports,OU=organisation-1,O=callisto", "reports.p12", "reports.properties");
        assertThat(certs("issue", "kafka1", "--kind", "server", "--san", "k1.example,10.0.0.1", "--out", path("k1")))
                .as(err)
                .isZero();

        assertThat(certs("list")).isZero();
        assertThat(out).contains("AUTHORITY", "OU=organisation-1", "CN=kafka1,OU=server");
        assertThat(certs("show", path("k1/kafka1.pem"))).isZero();
        assertThat(out)
                .contains("CN=kafka1,OU=server,O=callisto", "k1.example, 10.0.0.1", "EC 256", "fingerprint")
                .doesNotContain("PRIVATE");
        String password = Files.readString(directory.resolve("k1/kafka1.password"));
        assertThat(certs("show", path("k1/kafka1.p12"), "--password=" + password))
                .as(err)
                .isZero();
        assertThat(out).contains("CN=kafka1,OU=server");
        assertThat(Files.readString(directory.resolve("reports/reports.properties")))
                .contains("security.protocol=SSL", path("reports/reports.pem"), path("reports/trusted.pem"));

        byte[] before = Files.readAllBytes(directory.resolve("k1/kafka1.pem"));
        assertThat(certs("renew", path("k1/kafka1.pem"), "--days", "20"))
                .as(err)
                .isZero();
        assertThat(out).contains("renewed CN=kafka1,OU=server,O=callisto");
        assertThat(Files.readAllBytes(directory.resolve("k1/kafka1.pem"))).isNotEqualTo(before);
        assertThat(certs("show", path("k1/kafka1.p12"), "--password=" + password))
                .isZero();
        assertThat(out).contains("k1.example, 10.0.0.1", "WARNING", "expires in 19 days");
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void what_cannot_be_done_is_said_in_one_line_with_what_to_do() throws IOException {
        assertThat(certs("issue", "a", "--kind", "service")).isEqualTo(1);
        assertThat(err).contains("no authority", "certs init").doesNotContain("at io.callisto");
        certs("init");
        assertThat(certs("init")).isEqualTo(1);
        assertThat(err).contains("already", "--replace");
        assertThat(certs("issue", "a b", "--kind", "service", "--out", path("a")))
                .isEqualTo(1);
        assertThat(err).contains("'a b' is no name");
        assertThat(certs("issue", "a", "--kind", "client", "--out", path("a"))).isEqualTo(1);
        assertThat(err).contains("--organisation");
        assertThat(certs("issue", "a", "--kind", "emperor")).isEqualTo(2);
        assertThat(certs("issue", "a", "--kind", "service", "--days", "0", "--out", path("a")))
                .isEqualTo(1);
        assertThat(certs("issue", "a", "--kind", "service", "--out", path("a"))).isZero();
        assertThat(certs("issue", "a", "--kind", "service", "--out", path("a"))).isEqualTo(1);
        assertThat(err).contains("exists", "renew", "--force");
        Path file = Files.writeString(directory.resolve("file"), "nothing");
        assertThat(certs(
                        "issue",
                        "a",
                        "--kind",
                        "service",
                        "--out",
                        file.resolve("sub").toString()))
                .isEqualTo(1);
        assertThat(err).contains("cannot write");
        assertThat(certs("show", file.toString())).isEqualTo(1);
        assertThat(err).contains("no X.509 certificate");
        assertThat(certs("show", path("none"))).isEqualTo(1);
        assertThat(err).contains("there is no such file");
        assertThat(certs("show", path("a/a.p12"), "--password=wrong")).isEqualTo(1);
        assertThat(err).contains("password");
    }
}
