package io.callisto.server.cli.kafka;

import io.callisto.server.kafkaha.BrokerNode;
import io.callisto.server.kafkaha.Revision;
import io.callisto.server.kafkaha.RevisionPull;
import io.callisto.server.kafkaha.RevisionStore;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code callisto kafka-ha show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows the present revision, how it differs from the one before, and who has pulled it.")
final class ShowCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private StoreOption store = new StoreOption();

    @Option(names = "--node", paramLabel = "ID", description = "Print this broker's file.")
    private @Nullable Integer node;

    @Option(names = "--config", paramLabel = "FILE", description = "Also say how this server's file stands.")
    private @Nullable Path file;

    @Override
    public Integer call() {
        RevisionStore revisions = store.store();
        Optional<Revision> present = revisions.present();
        if (present.isEmpty()) {
            output.line("no revision is in force in " + revisions.name() + "; make one with: callisto kafka-ha enable");
            output.result(Map.of("revision", 0));
            return 0;
        }
        Revision revision = present.get();
        if (node != null) {
            output.out().print(revision.file(node).orElse(""));
            output.out().flush();
            return revision.file(node).isPresent() ? 0 : 1;
        }
        Optional<Revision> before = revisions.find(revision.follows());
        output.line("revision " + revision.number() + " in " + revisions.name() + ", cluster "
                + revision.plan().clusterId());
        for (BrokerNode broker : revision.plan().nodes()) {
            output.line("  broker " + broker.id() + "  " + broker.broker() + "  controller " + broker.controller()
                    + (broker.external() ? "  external" : "  " + pulled(revisions, revision, broker)));
        }
        if (file != null) {
            output.line(file + ": "
                    + new RevisionPull(revisions, file, "").standing().orElse("never pulled"));
        }
        before.ifPresent(old -> {
            output.line("differences from revision " + old.number() + ":");
            if (!output.json()) {
                Differences.print(output, before, revision);
            }
        });
        json(revisions, revision, before);
        return 0;
    }

    private static String pulled(RevisionStore revisions, Revision present, BrokerNode broker) {
        return revisions.applied().stream()
                .filter(applied -> applied.node() == broker.id())
                .findFirst()
                .map(applied -> applied.revision() == present.number()
                        ? "has it"
                        : "has revision " + applied.revision() + ", must pull")
                .orElse("never pulled");
    }

    private void json(RevisionStore revisions, Revision revision, Optional<Revision> before) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("revision", revision.number());
        result.put("follows", revision.follows());
        result.put("clusterId", revision.plan().clusterId());
        result.put("nodes", revision.plan().nodes());
        result.put("applied", revisions.applied());
        result.put(
                "differences",
                before.map(old -> Differences.of(before, revision)).orElse(Map.of()));
        output.result(result);
    }
}
