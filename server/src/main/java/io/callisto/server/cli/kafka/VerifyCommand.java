package io.callisto.server.cli.kafka;

import io.callisto.server.cluster.ClusterFailure;
import io.callisto.server.kafkaha.BrokerControl;
import io.callisto.server.kafkaha.Check;
import io.callisto.server.kafkaha.ClusterChecks;
import io.callisto.server.kafkaha.ClusterSnapshot;
import io.callisto.server.kafkaha.ClusterWatch;
import io.callisto.server.kafkaha.Expectation;
import io.callisto.server.kafkaha.FailureTrial;
import io.callisto.server.kafkaha.KafkaAdmin;
import io.callisto.server.kafkaha.ProbeTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code callisto kafka-ha verify} (EV-8). Exit code 0: everything passes; 1: something does not. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Says pass or fail for each: brokers joined, controllers, topics, replicas, in-sync replicas.",
            "On the local cluster it then really stops the leader of a partition and watches it come back;",
            "elsewhere it only looks, unless --with-failure says otherwise."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:everything passes", "1:something does not"})
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private KafkaOption kafka = new KafkaOption();

    @Mixin
    private ExpectedOption expected = new ExpectedOption();

    @Mixin
    private ControlOption control = new ControlOption();

    @Option(
            names = "--with-failure",
            negatable = true,
            description = "Stop a broker and start it again (default: only on the local cluster).")
    private @Nullable Boolean withFailure;

    @Option(
            names = "--limit",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "Longest wait for each step (default: ${DEFAULT-VALUE}).")
    private int seconds = 120;

    /**
     * All answers.
     *
     * @param checks each
     * @param pass whether all pass
     */
    record Verdict(List<Check> checks, boolean pass) {}

    @Override
    public Integer call() {
        boolean local = !kafka.elsewhere() && store.local().exists();
        boolean trial = withFailure == null ? local : withFailure;
        if (trial && !local && !control.canStop()) {
            throw new ClusterFailure("--with-failure must know how to stop a broker that is not of the local cluster: "
                    + "--stop-exec 'ssh {host} systemctl stop kafka' --start-exec 'ssh {host} systemctl start kafka'");
        }
        List<Check> checks = new ArrayList<>();
        try (KafkaAdmin admin = new KafkaAdmin(kafka.address(store.local(), store))) {
            Expectation wanted = expected.expectation(kafka, store);
            ClusterSnapshot cluster = admin.snapshot();
            ClusterChecks.of(cluster, wanted).forEach(check -> add(checks, check));
            if (trial && checks.stream().allMatch(Check::pass)) {
                trial(admin, cluster, wanted, local).forEach(check -> add(checks, check));
            } else if (trial) {
                add(checks, new Check("stop a leader", false, "not tried: what is above must pass first"));
            }
        }
        boolean pass = checks.stream().allMatch(Check::pass);
        long failed = checks.stream().filter(check -> !check.pass()).count();
        output.line(pass ? "PASS: all " + checks.size() + " checks" : "FAIL: " + failed + " of " + checks.size());
        if (!trial) {
            output.line("No broker was stopped (--with-failure does that).");
        }
        output.result(new Verdict(checks, pass));
        return pass ? 0 : 1;
    }

    private List<Check> trial(KafkaAdmin admin, ClusterSnapshot cluster, Expectation wanted, boolean local) {
        ClusterWatch watch = new ClusterWatch(admin::snapshot, System::nanoTime, output::progress);
        BrokerControl brokers = control.control(local, store.local(), cluster.brokers(), output::progress)
                .orElseThrow();
        Set<Integer> ids = wanted.brokers().isEmpty() ? cluster.brokers().keySet() : wanted.brokers();
        String name = "callisto.kafka-ha.verify." + Uuid.randomUuid();
        try (ProbeTopic probe = new ProbeTopic(admin, name, wanted, ids.size())) {
            List<Check> found =
                    new FailureTrial(watch, brokers, probe, Duration.ofSeconds(seconds)).run(ids, wanted.topics());
            admin.electPreferredLeaders();
            return found;
        }
    }

    private void add(List<Check> checks, Check check) {
        checks.add(check);
        output.line((check.pass() ? "pass  " : "FAIL  ") + check.name() + ": " + check.detail());
    }
}
