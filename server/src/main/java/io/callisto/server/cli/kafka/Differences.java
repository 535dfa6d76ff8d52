package io.callisto.server.cli.kafka;

import io.callisto.server.kafkaha.BrokerNode;
import io.callisto.server.kafkaha.HaRevisions;
import io.callisto.server.kafkaha.Revision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How two revisions differ, broker by broker. */
final class Differences {
    private Differences() {}

    static void print(Output output, Optional<Revision> before, Revision after) {
        Map<Integer, List<String>> found = of(before, after);
        output.result(found);
        for (BrokerNode node : after.plan().nodes()) {
            List<String> lines = found.getOrDefault(node.id(), List.of());
            output.line("broker " + node.id() + " (" + node.host() + (node.external() ? ", external" : "") + ")"
                    + (lines.isEmpty() ? ": no change" : ""));
            lines.forEach(line -> output.line("  " + line));
        }
        before.ifPresent(old -> old.plan().nodes().stream()
                .filter(node -> after.plan().node(node.id()).isEmpty())
                .forEach(node -> output.line("broker " + node.id() + " (" + node.host() + ") leaves: say "
                        + "callisto kafka-ha controller --remove " + node.id() + " and move its replicas first")));
    }

    static Map<Integer, List<String>> of(Optional<Revision> before, Revision after) {
        Map<Integer, List<String>> found = new LinkedHashMap<>();
        after.plan()
                .nodes()
                .forEach(node -> found.put(
                        node.id(),
                        HaRevisions.differences(
                                before.flatMap(old -> old.file(node.id())).orElse(""),
                                after.file(node.id()).orElse(""))));
        return found;
    }
}
