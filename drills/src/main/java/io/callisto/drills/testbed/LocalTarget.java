package io.callisto.drills.testbed;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A cluster whose processes run on this machine: where it is, how they are killed and frozen, and that it ends. Whether
 * they have hosts that faults can be done to is for the kinds of it to say.
 */
abstract sealed class LocalTarget implements DrillTarget permits LoopbackTarget, NamespaceTarget {
    private final Ending ending = new Ending();
    private @Nullable DrillDirectory directory;
    private @Nullable ClusterProcesses processes;

    /** Makes the directory of a cluster that is not up yet; from now on there is something to end. */
    final ClusterProcesses begin() {
        DrillDirectory made = DrillDirectory.create();
        directory = made;
        ClusterProcesses fresh = new ClusterProcesses(made.cluster());
        processes = fresh;
        ending.arm(this::end);
        return fresh;
    }

    /**
     * Ends the cluster and what belongs to it. May be repeated where it failed, and knows nothing of how far the start
     * came.
     */
    void end() {
        processes().end();
        directory().remove();
    }

    /** Of a run whose JVM was killed. */
    static void removeLeftOvers(Consumer<String> progress) {
        for (DrillDirectory left : DrillDirectory.leftOver()) {
            progress.accept("removing what a run that was killed left in " + left.path());
            new ClusterProcesses(left.cluster()).end();
            left.remove();
        }
    }

    final ClusterProcesses processes() {
        return Objects.requireNonNull(processes, "the target is not up");
    }

    final DrillDirectory directory() {
        return Objects.requireNonNull(directory, "the target is not up");
    }

    @Override
    public final List<String> servers() {
        return processes().cluster().servers();
    }

    @Override
    public final Map<String, String> restUrls() {
        return processes().restUrls();
    }

    @Override
    public final String jdbcUrl() {
        return processes().cluster().jdbcUrl();
    }

    @Override
    public final String databaseUser() {
        return processes().cluster().databaseUser();
    }

    @Override
    public final String databasePassword() {
        return processes().cluster().databasePassword();
    }

    @Override
    public final String kafkaBootstrap() {
        return processes().cluster().kafkaBootstrap();
    }

    @Override
    public final String zooKeeper() {
        return processes().cluster().zookeeper();
    }

    @Override
    public final Optional<String> brokerUrl() {
        return Optional.of(processes().cluster().brokerUrl());
    }

    @Override
    public final Map<String, String> gateways() {
        return processes().cluster().gateways();
    }

    @Override
    public final String processOf(String server, String service) {
        return processes().cluster().processOf(server, service);
    }

    @Override
    public final boolean running(String process) {
        return processes().running(process);
    }

    @Override
    public final void kill(String process) {
        processes().kill(process);
    }

    @Override
    public final void terminate(String process) {
        processes().terminate(process);
    }

    @Override
    public final void freeze(String process) {
        processes().freeze(process);
    }

    @Override
    public final void thaw(String process) {
        processes().thaw(process);
    }

    @Override
    public final void start(String process) {
        processes().start(process);
    }

    @Override
    public final Path logs() {
        return processes().logs();
    }

    @Override
    public final void close() {
        ending.now();
    }
}
