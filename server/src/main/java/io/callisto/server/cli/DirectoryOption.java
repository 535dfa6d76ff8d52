package io.callisto.server.cli;

import io.callisto.server.cluster.LocalCluster;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which local cluster, by its data directory. */
public final class DirectoryOption {
    @Option(
            names = "--dir",
            defaultValue = ".callisto",
            description = "Data directory of the cluster (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of(".callisto");

    public LocalCluster cluster() {
        return LocalCluster.at(directory);
    }

    public Path directory() {
        return directory.toAbsolutePath().normalize();
    }

    /** Whether there is a cluster of this machine in it. */
    public boolean exists() {
        return cluster().options().isPresent();
    }
}
