package io.callisto.server.cli.kafka;

import io.callisto.server.cluster.ClusterFailure;
import io.callisto.server.kafkaha.BrokerNode;
import io.callisto.server.kafkaha.Endpoint;
import io.callisto.server.kafkaha.Ensemble;
import io.callisto.server.kafkaha.HaAnswers;
import io.callisto.server.kafkaha.HaPlan;
import io.callisto.server.kafkaha.HaRevisions;
import io.callisto.server.kafkaha.LocalAddresses;
import io.callisto.server.kafkaha.Reachability;
import io.callisto.server.kafkaha.Revision;
import io.callisto.server.kafkaha.RevisionPull;
import io.callisto.server.kafkaha.RevisionStore;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code callisto kafka-ha enable}: what POM's enableKafkaHA.sh does (EV-7). */
@Command(
        name = "enable",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the configuration of all Kafka brokers and controllers, as a revision that every server pulls.",
            "Without --brokers it asks, as POM's enableKafkaHA.sh does. The same answers change nothing."
        })
final class EnableCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private BundleOption bundle = new BundleOption();

    @Option(
            names = "--brokers",
            paramLabel = "HOST:PORT[:BROKERPORT],...",
            split = ",",
            description = "Brokers on Callisto's servers: address and port of the controller of each.")
    private @Nullable List<String> brokers;

    @Option(
            names = "--external",
            paramLabel = "HOST:PORT[:BROKERPORT]",
            split = ",",
            description = "A broker where Callisto is not installed; at most one. It gets a bundle.")
    private @Nullable List<String> external;

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    @Option(names = "--allow-even", description = "Accept an even number of brokers.")
    private boolean allowEven;

    @Option(names = "--replication", paramLabel = "N", description = "Replicas of every topic (default: 3).")
    private @Nullable Integer replication;

    @Option(
            names = "--min-isr",
            paramLabel = "N",
            description = "Replicas that acknowledge a write (default: one less than the replicas).")
    private @Nullable Integer minIsr;

    @Option(
            names = "--broker-port",
            paramLabel = "PORT",
            defaultValue = "9093",
            description = "Port for clients (default: ${DEFAULT-VALUE}).")
    private int brokerPort = 9_093;

    @Option(
            names = "--data-dir",
            defaultValue = "/var/lib/callisto/kafka",
            description = "Data directory on every server; {id} is the broker's id (default: ${DEFAULT-VALUE}).")
    private String dataDirectory = "/var/lib/callisto/kafka";

    @Option(
            names = "--certificates",
            paramLabel = "DIR",
            description = "Mutual TLS with key.pem and trusted.pem in this directory of every server; {id} and {host}"
                    + " are the broker's.")
    private @Nullable String certificates;

    @Option(names = "--no-reach-check", description = "Do not look whether the servers answer.")
    private boolean noReachCheck;

    @Option(
            names = "--reach-timeout",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description = "Longest wait for an answer of a server (default: ${DEFAULT-VALUE}).")
    private int reachSeconds = 3;

    @Option(
            names = "--apply",
            paramLabel = "FILE",
            description = "Also pull at once for the brokers of this machine, into this file; {id} is the broker's.")
    private @Nullable String apply;

    @Option(names = "--dry-run", description = "Show what would change and change nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        Optional<HaAnswers> answers = answers();
        if (answers.isEmpty()) {
            output.progress("nothing was changed");
            return 1;
        }
        RevisionStore revisions = store.store();
        HaRevisions made = new HaRevisions(revisions, () -> Uuid.randomUuid().toString());
        HaPlan plan = made.plan(answers.get());
        requireReachable(plan);
        if (dryRun) {
            Differences.print(output, revisions.present(), Revision.of(revisions.highest() + 1, 0, plan));
            return 0;
        }
        Optional<Revision> before = revisions.present();
        HaRevisions.Made now = made.enable(plan);
        report(revisions, before, now);
        apply(revisions, now.revision());
        return 0;
    }

    private void apply(RevisionStore revisions, Revision revision) {
        if (apply == null) {
            return;
        }
        for (BrokerNode node : revision.plan().nodes()) {
            if (!node.external() && LocalAddresses.isHere(node.host())) {
                Path file = Path.of(apply.replace("{id}", Integer.toString(node.id())));
                RevisionPull.Result result =
                        new RevisionPull(revisions, file, LocalAddresses.hostName()).pull(node.id());
                output.progress("broker " + node.id() + ": " + file + " is at revision " + result.revision());
            }
        }
    }

    private Optional<HaAnswers> answers() {
        if (brokers != null) {
            List<Endpoint> own = endpoints(brokers);
            List<Endpoint> other = endpoints(external);
            if (!yes
                    && !questions()
                            .yes(
                                    "This makes a new configuration of all Kafka brokers; each server keeps a "
                                            + "backup of its own. Continue? (y/n)",
                                    null)) {
                return Optional.empty();
            }
            return Optional.of(with(own, other));
        }
        if (external != null) {
            throw new ClusterFailure("--external is one more beside --brokers: name those too");
        }
        return questions()
                .ask(number -> with(endpointsOf(number), List.of()).problemsOfNumber())
                .map(found -> with(found.own(), found.external()));
    }

    /** Only their number counts. */
    private static List<Endpoint> endpointsOf(int number) {
        List<Endpoint> all = new ArrayList<>();
        for (int i = 1; i <= number; i++) {
            all.add(new Endpoint("h" + i, i, null));
        }
        return all;
    }

    private Questions questions() {
        return new Questions(
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())), output.out());
    }

    private HaAnswers with(List<Endpoint> own, List<Endpoint> other) {
        return new HaAnswers(own, other, allowEven, replication, minIsr, brokerPort, dataDirectory, certificates);
    }

    private static List<Endpoint> endpoints(@Nullable List<String> texts) {
        List<Endpoint> all = new ArrayList<>();
        if (texts != null) {
            for (String text : texts) {
                try {
                    all.add(Endpoint.parse(text));
                } catch (IllegalArgumentException e) {
                    throw new ClusterFailure(String.valueOf(e.getMessage()), e);
                }
            }
        }
        return all;
    }

    private void requireReachable(HaPlan plan) {
        if (noReachCheck) {
            return;
        }
        List<String> silent = new ArrayList<>();
        for (Reachability.Finding finding : new Reachability(Duration.ofSeconds(reachSeconds)).look(plan.nodes())) {
            output.progress("  " + finding.address() + "  " + finding.detail());
            if (!finding.reachable()) {
                silent.add(finding.address() + ": " + finding.detail());
            }
        }
        if (!silent.isEmpty()) {
            throw new ClusterFailure("nothing was changed, not every server can be reached:\n  "
                    + String.join("\n  ", silent)
                    + "\nIf that is right for now (a machine that comes later), say --no-reach-check.");
        }
    }

    private void report(RevisionStore revisions, Optional<Revision> before, HaRevisions.Made made) {
        Revision revision = made.revision();
        HaPlan plan = revision.plan();
        Optional<Path> zip = plan.external().map(node -> bundle.write(revision, node));
        if (output.json()) {
            output.result(Map.of(
                    "revision",
                    revision.number(),
                    "changed",
                    made.changed(),
                    "clusterId",
                    plan.clusterId(),
                    "nodes",
                    plan.nodes(),
                    "bootstrapServers",
                    plan.bootstrapServers(),
                    "bundle",
                    zip.map(Path::toString).orElse("")));
            return;
        }
        output.line(
                made.changed()
                        ? "revision " + revision.number() + " is in " + revisions.name()
                        : "revision " + revision.number() + " is that already; nothing was changed");
        if (made.changed() && before.isPresent()) {
            Differences.print(output, before, revision);
        }
        output.line(plan.nodes().size() + " brokers, "
                + Ensemble.tolerates(plan.nodes().size())
                + " may be lost; replication factor " + plan.replicationFactor() + ", " + plan.minInsyncReplicas()
                + " acknowledge a write");
        next(plan, zip);
    }

    private void next(HaPlan plan, Optional<Path> zip) {
        output.line("");
        output.line("What to do now:");
        for (BrokerNode node : plan.nodes()) {
            if (!node.external()) {
                output.line("  on " + node.host() + ":  callisto kafka-ha pull --node " + node.id()
                        + " --config /etc/callisto/kafka/server.properties   and start its broker");
            }
        }
        plan.external()
                .ifPresent(node -> output.line("  on " + node.host() + ":  unpack "
                        + zip.map(Path::toString).orElse("the bundle") + " and follow its README"));
        plan.nodes().stream()
                .filter(node -> !node.founder())
                .forEach(node -> output.line("  then:  callisto kafka-ha controller --add " + node.id()));
        output.line("  then:  callisto kafka-ha verify --bootstrap " + plan.bootstrapServers());
        output.line("Where brokers run already: callisto kafka-ha rolling-restart, so that they take it one by one.");
    }
}
