package io.callisto.drills.demo;

import io.callisto.drills.reconcile.ReconciliationReport;
import io.callisto.server.cluster.ClusterOptions;
import io.callisto.server.cluster.ClusterStatus;
import io.callisto.server.cluster.LocalCluster;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.stream.Stream;

/** Runs the demo. Used by one thread, once. */
final class DemoRunner {
    private final DemoPlan plan;
    private final PrintWriter out;
    private final DemoLog log;

    DemoRunner(DemoPlan plan, PrintWriter out) {
        this.plan = plan;
        this.out = out;
        this.log = new DemoLog(out);
    }

    /** Returns the exit code: 0 only if every role was taken over and everything reconciles. */
    int run() {
        LocalCluster cluster = LocalCluster.at(plan.dir());
        try {
            cluster.down();
            cluster.wipe();
            log.say("Starting a cluster of real parts in " + plan.dir());
            log.say("PostgreSQL, ZooKeeper, " + counted(plan.brokers(), "Kafka broker") + ", a media gateway, "
                    + counted(plan.servers(), "server") + " with a message broker each");
            cluster.up(
                    ClusterOptions.defaults()
                            .withServers(plan.servers())
                            .withKafka(plan.brokers())
                            .withTimeFactor(plan.timeFactor()),
                    line -> out.println("  " + line.strip()));
            int memory = memoryMegabytes(cluster);
            log.say("Cluster is ready; it uses " + memory + " MiB");
            DemoCampaign campaign = new DemoCampaign(cluster, plan, log);
            ReconciliationReport report = campaign.run();
            DemoReport result = new DemoReport(report, campaign, memory, log.seconds());
            result.print(out);
            if (plan.json() != null) {
                result.write(plan.json());
            }
            return report.reconciled() ? 0 : 1;
        } catch (Exception failed) {
            log.line();
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                out.println((cause == failed ? "Demo failed: " : "  because: ") + cause);
            }
            out.println("Logs are in " + plan.dir().resolve("logs"));
            return 1;
        } finally {
            if (plan.keep()) {
                out.println("The cluster goes on; stop it with: ./callisto down --dir " + plan.dir());
            } else {
                cluster.down();
            }
            out.flush();
        }
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static int memoryMegabytes(LocalCluster cluster) {
        ClusterStatus status = cluster.status().orElseThrow();
        return Stream.concat(
                        status.infrastructure().stream(),
                        status.servers().stream().flatMap(server -> server.processes().stream()))
                .map(ClusterStatus.ProcessStatus::memoryMegabytes)
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .sum();
    }
}
