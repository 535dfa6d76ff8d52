package io.callisto.drills.testbed;

import io.callisto.server.cluster.ClusterFailure;
import io.callisto.server.cluster.ClusterOptions;
import io.callisto.server.cluster.ClusterStatus;
import io.callisto.server.cluster.Host;
import io.callisto.server.cluster.LocalCluster;
import io.callisto.server.process.Pause;
import io.callisto.server.process.ProcessIdentity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A local cluster whose processes faults are done to: what loopback and namespace targets share. Used by one thread.
 */
final class ClusterProcesses {
    private static final String POSTGRES = "postgres";

    private final LocalCluster cluster;
    private final Path logs;

    ClusterProcesses(Path directory) {
        this.cluster = LocalCluster.at(directory);
        this.logs = directory.resolve("logs");
    }

    void up(DrillLayout layout, Map<String, Host> hosts, Consumer<String> progress) {
        try {
            cluster.up(
                    ClusterOptions.defaults()
                            .withServers(layout.servers())
                            .withZooKeeper(layout.zooKeepers())
                            .withKafka(layout.kafkas())
                            .withGateways(layout.gateways())
                            .withOwnProcesses(layout.ownProcesses())
                            .withTimeFactor(layout.timeFactor())
                            .withTiming(layout.timing())
                            .withHosts(hosts),
                    progress);
        } catch (ClusterFailure e) {
            throw new TargetFailure(String.valueOf(e.getMessage()), e);
        }
    }

    /** Names of everything but the servers' members, which their supervisors start. */
    static List<String> parts(DrillLayout layout) {
        List<String> parts = new ArrayList<>(List.of(POSTGRES));
        numbered(parts, "zk", layout.zooKeepers());
        numbered(parts, "kafka", layout.kafkas());
        numbered(parts, "g", layout.gateways());
        numbered(parts, "s", layout.servers());
        return parts;
    }

    private static void numbered(List<String> parts, String name, int count) {
        for (int i = 1; i <= count; i++) {
            parts.add(name + i);
        }
    }

    LocalCluster cluster() {
        return cluster;
    }

    Path logs() {
        return logs;
    }

    Map<String, String> restUrls() {
        Map<String, String> urls = new LinkedHashMap<>();
        List<String> servers = cluster.servers();
        List<String> addresses = cluster.restUrls();
        for (int i = 0; i < servers.size(); i++) {
            urls.put(servers.get(i), addresses.get(i));
        }
        return urls;
    }

    boolean running(String process) {
        return cluster.pidOf(process).isPresent();
    }

    void kill(String process) {
        List<Long> pids = pids(process);
        Commands.kill(pids);
        awaitEnd(pids);
    }

    /** PostgreSQL takes SIGTERM for "when the last client has gone"; its orderly end is SIGINT. */
    void terminate(String process) {
        Commands.signal(process.equals(POSTGRES) ? "INT" : "TERM", List.of(pid(process)));
    }

    void freeze(String process) {
        Commands.signal("STOP", pids(process));
    }

    void thaw(String process) {
        Commands.signal("CONT", pids(process));
    }

    /** A member is started by its supervisor. */
    void start(String process) {
        try {
            cluster.startPart(process.matches("s[0-9]+-.*") ? process.replaceFirst("-.*$", "") : process);
        } catch (ClusterFailure e) {
            throw new TargetFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private long pid(String process) {
        OptionalLong pid = cluster.pidOf(process);
        return pid.orElseThrow(
                () -> new TargetFailure(process + " does not run; what runs: " + String.join(", ", names()), null));
    }

    /** PostgreSQL is many processes: the first, which makes the others, and these. */
    private List<Long> pids(String process) {
        long first = pid(process);
        List<Long> all = new ArrayList<>(List.of(first));
        if (process.equals(POSTGRES)) {
            ProcessHandle.of(first).stream().flatMap(ProcessHandle::descendants).forEach(child -> all.add(child.pid()));
        }
        return all;
    }

    private List<String> names() {
        return alive().map(ClusterStatus.ProcessStatus::name).toList();
    }

    private Stream<ClusterStatus.ProcessStatus> alive() {
        Optional<ClusterStatus> status = cluster.status();
        return status.stream()
                .flatMap(all -> Stream.concat(
                        all.servers().stream().flatMap(server -> server.processes().stream()),
                        all.infrastructure().stream()))
                .filter(process -> process.pid() != null);
    }

    /** Ends everything at once; only PostgreSQL is stopped in order, since it would leave shared memory behind. */
    void end() {
        if (cluster.options().isEmpty()) {
            return;
        }
        List<Long> postgres = running(POSTGRES) ? pids(POSTGRES) : List.of();
        Commands.signal("CONT", postgres);
        // Supervisors first, or they would start again what ends.
        Set<String> supervisors = Set.copyOf(cluster.servers());
        endAll(alive().filter(process -> supervisors.contains(process.name())));
        endAll(alive().filter(process -> !process.name().equals(POSTGRES)));
        try {
            cluster.down();
        } catch (ClusterFailure e) {
            throw new TargetFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private static void endAll(Stream<ClusterStatus.ProcessStatus> processes) {
        List<Long> pids = processes.map(ClusterStatus.ProcessStatus::pid).toList();
        Commands.kill(pids);
        awaitEnd(pids);
    }

    private static void awaitEnd(List<Long> pids) {
        try {
            Pause.until(
                    10_000,
                    5,
                    () -> pids.stream()
                            .noneMatch(pid -> ProcessHandle.of(pid)
                                    .map(ProcessIdentity::of)
                                    .filter(ProcessIdentity::alive)
                                    .isPresent()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetFailure("interrupted while a process ended", e);
        }
    }
}
