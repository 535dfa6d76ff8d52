package io.callisto.server.cli.certs;

import io.callisto.certificates.CertificateFailure;
import io.callisto.server.infra.BrokerCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code callisto certs reload}. */
@Command(
        name = "reload",
        mixinStandardHelpOptions = true,
        description = {
            "Tells Kafka's brokers to read their key store and trust store files again, without a restart.",
            "Only for brokers that run elsewhere: those of 'callisto up --tls' do it by themselves."
        })
final class ReloadCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--bootstrap-server", required = true, paramLabel = "HOST:PORT", description = "A broker.")
    private String bootstrap = "";

    @Option(
            names = "--command-config",
            required = true,
            paramLabel = "FILE",
            description = "Properties of a client that may change brokers' settings.")
    private Path config = Path.of("");

    @Option(
            names = "--listener",
            defaultValue = "SSL",
            paramLabel = "NAME",
            description = "Name of the brokers' listener (default: ${DEFAULT-VALUE}).")
    private String listener = "SSL";

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(config)) {
            properties.load(in);
        } catch (IOException e) {
            throw new CertificateFailure("cannot read " + config + ": " + e, e);
        }
        Map<String, Object> client = new HashMap<>();
        properties.forEach((name, value) -> client.put(name.toString(), value));
        client.put("bootstrap.servers", bootstrap);
        try (BrokerCertificates brokers = new BrokerCertificates(client)) {
            brokers.reload(listener).forEach(broker -> out.println("broker " + broker + " reads its files again"));
        }
        out.flush();
        return 0;
    }
}
