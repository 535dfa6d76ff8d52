package io.callisto.drills.testbed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every process on this machine's loopback address: for machines where hosts cannot be made. */
public final class LoopbackTarget implements DrillTarget {
    private final Ending ending = new Ending();
    private @Nullable DrillDirectory directory;
    private @Nullable ClusterProcesses processes;

    @Override
    public String description() {
        return "loopback processes";
    }

    @Override
    public Set<FaultKind> supported() {
        return Set.of(FaultKind.KILL, FaultKind.TERMINATE, FaultKind.FREEZE);
    }

    @Override
    public void up(DrillLayout layout, Consumer<String> progress) {
        removeLeftOvers(progress);
        DrillDirectory made = DrillDirectory.create();
        directory = made;
        ClusterProcesses fresh = new ClusterProcesses(made.cluster());
        processes = fresh;
        ending.arm(this::end);
        fresh.up(layout, Map.of(), progress);
    }

    /** Of a run whose JVM was killed. */
    static void removeLeftOvers(Consumer<String> progress) {
        for (DrillDirectory left : DrillDirectory.leftOver()) {
            progress.accept("removing what a run that was killed left in " + left.path());
            new ClusterProcesses(left.cluster()).end();
            left.remove();
        }
    }

    private ClusterProcesses up() {
        return Objects.requireNonNull(processes, "the target is not up");
    }

    @Override
    public List<String> servers() {
        return up().cluster().servers();
    }

    @Override
    public Map<String, String> restUrls() {
        return up().restUrls();
    }

    @Override
    public String jdbcUrl() {
        return up().cluster().jdbcUrl();
    }

    @Override
    public String databaseUser() {
        return up().cluster().databaseUser();
    }

    @Override
    public String databasePassword() {
        return up().cluster().databasePassword();
    }

    @Override
    public String kafkaBootstrap() {
        return up().cluster().kafkaBootstrap();
    }

    @Override
    public String zooKeeper() {
        return up().cluster().zookeeper();
    }

    @Override
    public Optional<String> brokerUrl() {
        return Optional.of(up().cluster().brokerUrl());
    }

    @Override
    public Map<String, String> gateways() {
        return up().cluster().gateways();
    }

    @Override
    public String processOf(String server, String service) {
        return up().cluster().processOf(server, service);
    }

    @Override
    public boolean running(String process) {
        return up().running(process);
    }

    @Override
    public void kill(String process) {
        up().kill(process);
    }

    @Override
    public void terminate(String process) {
        up().terminate(process);
    }

    @Override
    public void freeze(String process) {
        up().freeze(process);
    }

    @Override
    public void thaw(String process) {
        up().thaw(process);
    }

    @Override
    public void start(String process) {
        up().start(process);
    }

    @Override
    public void killHost(String host) {
        throw noHosts();
    }

    @Override
    public void freezeHost(String host) {
        throw noHosts();
    }

    @Override
    public void thawHost(String host) {
        throw noHosts();
    }

    @Override
    public void restoreHost(String host) {
        throw noHosts();
    }

    @Override
    public void cutHost(String host) {
        throw noHosts();
    }

    @Override
    public void healHost(String host) {
        throw noHosts();
    }

    @Override
    public void cutOneWay(String from, String to) {
        throw noHosts();
    }

    @Override
    public void split(Set<String> one, Set<String> other) {
        throw noHosts();
    }

    /** There is nothing to undo. */
    @Override
    public void healAll() {
        up();
    }

    @Override
    public void stepClock(String server, Duration offset) {
        throw noHosts();
    }

    private static TargetFailure noHosts() {
        return new TargetFailure(
                "on loopback processes there are no hosts, links and clocks of their own. Run the drill as root on"
                        + " Linux"
                        + " with iproute2, iptables and nftables, or with --target compose.",
                null);
    }

    @Override
    public Path logs() {
        return up().logs();
    }

    @Override
    public void close() {
        ending.now();
    }

    /** May be repeated where it failed. */
    private void end() {
        up().end();
        Objects.requireNonNull(directory).remove();
    }
}
