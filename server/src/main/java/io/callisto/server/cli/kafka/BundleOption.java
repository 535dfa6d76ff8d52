package io.callisto.server.cli.kafka;

import io.callisto.server.cluster.ClusterFailure;
import io.callisto.server.kafkaha.BrokerNode;
import io.callisto.server.kafkaha.ExternalBundle;
import io.callisto.server.kafkaha.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the external server's bundle goes. */
final class BundleOption {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Where the external server's bundle is written (default: here).")
    private Path directory = Path.of(".");

    Path write(Revision revision, BrokerNode node) {
        Path file = directory.resolve(ExternalBundle.folder(revision, node) + ".zip");
        try {
            Files.createDirectories(directory);
            Files.write(file, ExternalBundle.zip(revision, node));
            return file;
        } catch (IOException e) {
            throw new ClusterFailure("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
