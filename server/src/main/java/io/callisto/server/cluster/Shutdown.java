package io.callisto.server.cluster;

import io.callisto.server.process.ProcessIdentity;
import io.callisto.server.process.ProcessLauncher;
import io.callisto.server.process.ProcessSpec;
import io.callisto.server.supervisor.MemberRecord;
import io.callisto.server.supervisor.SupervisorFiles;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Takes a cluster down in the order in which nothing misses what it needs: servers, gateways, Kafka, ZooKeeper, PostgreSQL.
 * Only processes that {@code cluster.json} and the supervisors recorded are touched.
 */
final class Shutdown {
    private static final long SERVER_SECONDS = 60;
    private static final long PART_SECONDS = 25;

    private final ClusterFiles files;
    private final ProcessLauncher launcher;
    private final Consumer<String> progress;
    private ClusterState state;

    Shutdown(ClusterFiles files, ClusterState state, ProcessLauncher launcher, Consumer<String> progress) {
        this.files = files;
        this.state = state;
        this.launcher = launcher;
        this.progress = progress;
    }

    void run() {
        ServerPlan servers = new ServerPlan(state, files);
        ClusterPlan plan = new ClusterPlan(state, files);
        stopAll(servers.names(), SERVER_SECONDS);
        servers.names().forEach(this::stopOrphans);
        List<String> parts =
                plan.infrastructure().keySet().stream().map(ProcessSpec::name).toList();
        for (String prefix : List.of("g", "kafka", "zk")) {
            stopAll(parts.stream().filter(name -> name.matches(prefix + "[0-9]+")).toList(), PART_SECONDS);
        }
        // Members that an earlier up had and the newest has not.
        stopAll(List.copyOf(state.processes().keySet()), PART_SECONDS);
        if (plan.embeddedDatabase()) {
            if (plan.postgres(launcher.log("postgres")).pid().isPresent()) {
                progress.accept("stopping postgres");
            }
            plan.postgres(launcher.log("postgres")).stop();
        }
    }

    private void stopAll(List<String> names, long seconds) {
        List<String> alive = names.stream()
                .filter(state.processes()::containsKey)
                .filter(name -> process(name).alive())
                .toList();
        if (!alive.isEmpty()) {
            progress.accept("stopping " + String.join(", ", alive));
            alive.forEach(name -> process(name).handle().ifPresent(ProcessHandle::destroy));
            for (String name : alive) {
                if (!ProcessLauncher.stop(process(name), seconds)) {
                    progress.accept(name + " did not end within " + seconds + " s and was killed");
                }
            }
        }
        for (String name : names) {
            state = state.withoutProcess(name);
        }
        files.save(state);
    }

    private ProcessIdentity process(String name) {
        return java.util.Objects.requireNonNull(state.processes().get(name));
    }

    /** Processes whose supervisor was killed. */
    private void stopOrphans(String server) {
        Map<String, MemberRecord> records = new SupervisorFiles(files.home(), server).records();
        for (boolean broker : new boolean[] {false, true}) {
            List<Map.Entry<String, MemberRecord>> orphans = records.entrySet().stream()
                    .filter(entry -> entry.getValue().service().equals("broker") == broker)
                    .filter(entry -> alive(entry.getValue()))
                    .toList();
            orphans.forEach(entry -> progress.accept("stopping " + entry.getKey()));
            orphans.forEach(entry -> stop(entry.getValue(), 1));
            orphans.forEach(entry -> stop(entry.getValue(), PART_SECONDS));
        }
    }

    private static boolean alive(MemberRecord record) {
        return record.process() != null && record.process().alive();
    }

    private static void stop(MemberRecord record, long seconds) {
        ProcessIdentity process = record.process();
        if (process != null && seconds == 1) {
            process.handle().ifPresent(ProcessHandle::destroy);
        } else if (process != null) {
            ProcessLauncher.stop(process, seconds);
        }
    }
}
