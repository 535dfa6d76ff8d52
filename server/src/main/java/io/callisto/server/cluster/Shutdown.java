package io.callisto.server.cluster;

import io.callisto.db.embedded.EmbeddedPostgres;
import io.callisto.server.process.ProcessIdentity;
import io.callisto.server.process.ProcessLauncher;
import io.callisto.server.supervisor.MemberRecord;
import io.callisto.server.supervisor.SupervisorFiles;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Takes a cluster down in the order in which nothing misses what it needs: servers, gateways, Kafka, ZooKeeper,
 * PostgreSQL.
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

    /** Stops everything that is recorded, also members that an earlier {@code up} had and the newest has not. */
    void run() {
        only(List.copyOf(state.processes().keySet()), true);
    }

    /** Stops these processes, with what the servers among them look after. */
    void only(Collection<String> names, boolean postgres) {
        List<String> servers =
                names.stream().filter(name -> name.matches("s[0-9]+")).toList();
        stopAll(servers, SERVER_SECONDS);
        servers.forEach(this::stopOrphans);
        // Members of one quorum together: the last would wait in vain for the others.
        for (String part : List.of("g", "kafka", "zk")) {
            stopAll(names.stream().filter(name -> name.matches(part + "[0-9]+")).toList(), PART_SECONDS);
        }
        ClusterPlan plan = new ClusterPlan(state, files);
        if (postgres && plan.embeddedDatabase()) {
            EmbeddedPostgres database = plan.postgres(launcher.log("postgres"));
            if (database.pid().isPresent()) {
                progress.accept("stopping postgres");
                database.stop();
            }
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
