package io.callisto.server.cli.kafka;

import io.callisto.outbox.kafka.KafkaAddress;
import io.callisto.server.cli.DirectoryOption;
import io.callisto.server.cluster.ClusterFailure;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Kafka: by address, or that of the local cluster. */
final class KafkaOption {
    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT,...",
            description = "Brokers; without it those of the local cluster or of the present revision.")
    private @Nullable String bootstrap;

    @Option(
            names = "--kafka-properties",
            paramLabel = "FILE",
            description = "Client properties: security.protocol, ssl.keystore.location, ...")
    private @Nullable Path properties;

    /** Whether brokers are named that need not be those of the local cluster. */
    boolean elsewhere() {
        return bootstrap != null;
    }

    KafkaAddress address(DirectoryOption local, StoreOption store) {
        if (bootstrap != null) {
            return new KafkaAddress(bootstrap, client());
        }
        if (local.exists()) {
            Map<String, String> all = new TreeMap<>(local.cluster().kafkaClient());
            all.putAll(client());
            return new KafkaAddress(local.cluster().kafkaBootstrap(), all);
        }
        return store.find()
                .flatMap(found -> found.present())
                .map(revision -> new KafkaAddress(revision.plan().bootstrapServers(), client()))
                .orElseThrow(() -> new ClusterFailure("which Kafka? There is no cluster in " + local.directory()
                        + ": give --bootstrap host:port,..."));
    }

    private Map<String, String> client() {
        Map<String, String> found = new TreeMap<>();
        Optional.ofNullable(properties)
                .map(KafkaOption::read)
                .ifPresent(read -> read.stringPropertyNames().forEach(name -> found.put(name, read.getProperty(name))));
        return found;
    }

    private static Properties read(Path file) {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            read.load(reader);
            return read;
        } catch (IOException e) {
            throw new ClusterFailure("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
