package io.callisto.server.cli.kafka;

import io.callisto.server.cluster.ClusterFailure;
import io.callisto.server.kafkaha.BrokerNode;
import io.callisto.server.kafkaha.Revision;
import io.callisto.server.kafkaha.RevisionStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code callisto kafka-ha bundle}. */
@Command(
        name = "bundle",
        mixinStandardHelpOptions = true,
        description = "Writes the bundle of the external broker once more: README, server.properties, start script.")
final class BundleCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private BundleOption bundle = new BundleOption();

    @Override
    public Integer call() {
        RevisionStore revisions = store.store();
        Revision present = revisions
                .present()
                .orElseThrow(() -> new ClusterFailure("there is no revision yet: callisto kafka-ha enable"));
        BrokerNode node = present.plan()
                .external()
                .orElseThrow(() -> new ClusterFailure("revision " + present.number() + " has no external broker"));
        Path file = bundle.write(present, node);
        output.line(file.toString());
        output.result(Map.of("bundle", file.toString(), "node", node.id(), "revision", present.number()));
        return 0;
    }
}
