package io.callisto.server.cli.kafka;

import io.callisto.server.cluster.ClusterFailure;
import io.callisto.server.kafkaha.ClusterSnapshot;
import io.callisto.server.kafkaha.ClusterWatch;
import io.callisto.server.kafkaha.Endpoint;
import io.callisto.server.kafkaha.KafkaAdmin;
import io.callisto.server.kafkaha.QuorumChange;
import io.callisto.server.kafkaha.Revision;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code callisto kafka-ha controller}. */
@Command(
        name = "controller",
        mixinStandardHelpOptions = true,
        description = "Shows the controllers, gives a running node a vote among them, or takes it.")
final class ControllerCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private KafkaOption kafka = new KafkaOption();

    @Option(names = "--add", paramLabel = "ID", description = "Node that gets a vote; it must run.")
    private @Nullable Integer add;

    @Option(
            names = "--address",
            paramLabel = "HOST:PORT",
            description = "Its controller (default: as the present revision says).")
    private @Nullable String address;

    @Option(names = "--remove", paramLabel = "ID", description = "Node that loses its vote.")
    private @Nullable Integer remove;

    @Option(names = "--allow-even", description = "Accept an even or too small number for a while.")
    private boolean allowEven;

    @Override
    public Integer call() {
        try (KafkaAdmin admin = new KafkaAdmin(kafka.address(store.local(), store))) {
            ClusterWatch watch = new ClusterWatch(admin::snapshot, System::nanoTime, output::progress);
            QuorumChange quorum = new QuorumChange(admin, watch);
            if (remove != null) {
                quorum.remove(remove, allowEven);
            }
            if (add != null) {
                quorum.add(add, endpoint(add));
            }
            ClusterSnapshot.Quorum now = admin.snapshot().quorum();
            output.line("voters " + now.ids() + ", leader " + now.leader() + ", followers without a vote "
                    + now.observers());
            output.result(now);
            return 0;
        }
    }

    private Endpoint endpoint(int node) {
        if (address != null) {
            try {
                return Endpoint.parse(address);
            } catch (IllegalArgumentException e) {
                throw new ClusterFailure(String.valueOf(e.getMessage()), e);
            }
        }
        Optional<Revision> present = store.find().flatMap(found -> found.present());
        return present.flatMap(revision -> revision.plan().node(node))
                .map(found -> new Endpoint(found.host(), found.controllerPort(), null))
                .orElseThrow(() -> new ClusterFailure(
                        "where is the controller of node " + node + "? No revision has it: give --address host:port"));
    }
}
