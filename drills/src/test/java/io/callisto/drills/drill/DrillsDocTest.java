package io.callisto.drills.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Generates docs/operating/drills.md from the catalogue and fails when it differs. {@code -Dcallisto.docs.update=true}
 * rewrites it.
 */
class DrillsDocTest {
    @Test
    void the_document_is_what_the_catalogue_says() throws IOException {
        Path document = Path.of(System.getProperty("callisto.root", ""), "docs/operating/drills.md");
        String wanted = HEAD
                + DrillCatalogue.complete().drills().stream()
                        .map(DrillsDocTest::row)
                        .collect(Collectors.joining());
        if (Boolean.getBoolean("callisto.docs.update")) {
            Files.writeString(document, wanted);
        }
        assertThat(document).hasContent(wanted);
    }

    private static String row(Drill drill) {
        return "| `" + drill.name() + "`" + (drill.is(Trait.SHORT) ? " *" : "") + " | " + drill.purpose() + " | "
                + layout(drill) + " | "
                + drill.needs().stream().map(Enum::name).sorted().collect(Collectors.joining(", ")) + " | "
                + switch (drill.expectation()) {
                    case TAKEOVER -> "takeover";
                    case NOTHING_MOVES -> "nothing moves";
                    case RECOVERS -> "recovers";
                }
                + " | " + (drill.is(Trait.STEADY) ? "" : drill.limits().text()) + " | "
                + String.join(", ", drill.requirements()) + " |\n";
    }

    private static String layout(Drill drill) {
        String quorums = drill.layout().zooKeepers() == 1 ? "" : ", 3 ZooKeeper, 3 Kafka";
        String own = drill.layout().ownProcesses().isEmpty()
                ? ""
                : ", own JVMs: "
                        + drill.layout().ownProcesses().stream().sorted().collect(Collectors.joining(", "));
        return drill.layout().servers() + (drill.layout().servers() == 1 ? " server" : " servers") + quorums + own;
    }

    private static final String HEAD = """
        # Drills

        Generated from the catalogue; do not edit. Rewrite with
        `./mvnw -pl drills -am verify -Dcallisto.docs.update=true`.

        A drill starts a cluster of its own, dials under load, does a fault, and judges what three independent
        records say: the effects that fenced transactions left in the database, the media gateways' registries,
        and the event log. A role that moves in the fault-free seconds before makes the drill INVALID. A fault
        that the machine cannot do makes it SKIPPED, with the reason; SKIPPED proves nothing.

        ```
        ./callisto drill list
        ./callisto drill run kill-director --runs 20
        ./callisto drill run cut-server -o json
        ./callisto drill suite --short
        ./callisto drill suite --runs 20 --report report.md
        ```

        `--target auto` makes each host a network namespace where the machine permits it (root), else plain
        processes on the loopback address, which can be killed and frozen but not cut. `--load` is `low`,
        `normal`, `high` or calls per second in each zone. Progress goes to standard error with `-o json`,
        standard output is only the JSON: `drill`, `runs`, `pass`, `violations`, `failoverMs` (`p50`, `p99`),
        `details` of each run. Exit code 0: passed.

        `failoverMs` is the longest gap between accepted effects of an affected scope, 0 where none is affected.
        Where a scope's steady effects are rarer than 400 ms it is the time from the fault to the first work of
        the next owner; `basis` says which. For jobs an effect is a call that a gateway placed, for the rule
        engine an answer to a client that asks every 50 ms, for the message broker a durable message sent and
        received, else a fenced transaction.

        When the jobs are over and the outbox is empty, the events are counted by id: what the database says must
        have been published (each attempt's and each job's sequence from 1 to its last, one current result for each
        attempt that is over) and what a plain `read_committed` consumer finds in the log must be equal, in order,
        none twice, none missing; and every record must keep the contract. A drill of Kafka brokers takes the next
        broker in each run: three runs meet all three.

        Drills with * are part of `suite --short`.

        | Drill | What it does | Cluster | Needs | Expected | Limit | Proves |
        | --- | --- | --- | --- | --- | --- | --- |
        """;
}
