package io.callisto.server.cli.kafka;

import io.callisto.server.cluster.ClusterFailure;
import io.callisto.server.kafkaha.BrokerNode;
import io.callisto.server.kafkaha.LocalAddresses;
import io.callisto.server.kafkaha.Revision;
import io.callisto.server.kafkaha.RevisionPull;
import io.callisto.server.kafkaha.RevisionStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code callisto kafka-ha pull}: each server's side. */
@Command(
        name = "pull",
        mixinStandardHelpOptions = true,
        description = {
            "Brings this server's broker configuration to the present revision and keeps what was there.",
            "Fit for a unit's ExecStartPre: nothing happens where it is up to date."
        })
final class PullCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private StoreOption store = new StoreOption();

    @Option(
            names = "--node",
            paramLabel = "ID",
            description = "Broker id of this server (default: the one with an address of this machine).")
    private @Nullable Integer node;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "/etc/callisto/kafka/server.properties",
            description = "The broker's configuration (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("/etc/callisto/kafka/server.properties");

    @Override
    public Integer call() {
        RevisionStore revisions = store.store();
        int id = node == null ? mine(revisions) : node;
        RevisionPull.Result result = new RevisionPull(revisions, file, LocalAddresses.hostName()).pull(id);
        Path backup = result.backup();
        if (result.editedByHand() && result.revision() > 0) {
            output.progress("the file had been changed by hand since the last pull"
                    + (backup == null ? "" : "; that is kept in " + backup));
        }
        output.line(
                switch (result.outcome()) {
                    case UNCHANGED -> file + " is at revision " + result.revision() + "; nothing was changed";
                    case WRITTEN ->
                        file + " is at revision " + result.revision() + " now; restart broker " + id
                                + " with: callisto kafka-ha rolling-restart";
                    case RESTORED -> file + " is what it was before; restart broker " + id;
                    case REMOVED -> file + " is gone, as it was before the first revision";
                });
        if (backup != null) {
            output.line("what was there before is in " + backup);
        }
        output.result(Map.of(
                "node",
                id,
                "revision",
                result.revision(),
                "outcome",
                result.outcome(),
                "backup",
                backup == null ? "" : backup.toString()));
        return 0;
    }

    private int mine(RevisionStore revisions) {
        int number = revisions.current() > 0 ? revisions.current() : revisions.highest();
        Revision revision = revisions
                .find(number)
                .orElseThrow(() -> new ClusterFailure(
                        "there is no revision in " + revisions.name() + " yet: callisto kafka-ha enable"));
        List<BrokerNode> here = revision.plan().nodes().stream()
                .filter(found -> !found.external() && LocalAddresses.isHere(found.host()))
                .toList();
        if (here.size() != 1) {
            throw new ClusterFailure(here.size() + " brokers of revision " + number
                    + " have an address of this machine; say which: --node ID");
        }
        return here.get(0).id();
    }
}
