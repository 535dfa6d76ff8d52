package io.callisto.server.cli;

import io.callisto.server.cluster.LocalCluster;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which cluster. */
final class DirectoryOption {
    @Option(
            names = "--dir",
            defaultValue = ".callisto",
            description = "Data directory of the cluster (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of(".callisto");

    LocalCluster cluster() {
        return LocalCluster.at(directory);
    }

    Path directory() {
        return directory.toAbsolutePath().normalize();
    }
}
