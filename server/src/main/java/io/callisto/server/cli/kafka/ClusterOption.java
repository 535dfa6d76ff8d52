package io.callisto.server.cli.kafka;

import io.callisto.server.cluster.LocalCluster;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The local cluster that is meant where nothing else is named. */
final class ClusterOption {
    @Option(
            names = "--dir",
            defaultValue = ".callisto",
            description = "Data directory of a local cluster (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of(".callisto");

    Path directory() {
        return directory.toAbsolutePath().normalize();
    }

    LocalCluster cluster() {
        return LocalCluster.at(directory);
    }

    boolean exists() {
        return cluster().options().isPresent();
    }
}
