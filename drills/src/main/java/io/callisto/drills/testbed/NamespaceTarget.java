package io.callisto.drills.testbed;

import io.callisto.server.cluster.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hosts made with network namespaces and control groups on one Linux machine: each part of the infrastructure and each
 * server on a host of its own, which can lose power, freeze, or lose its link.
 */
public final class NamespaceTarget extends LocalTarget {
    private final Map<String, HostCgroup> groups = new LinkedHashMap<>();
    private @Nullable HostNetwork network;
    private @Nullable DrillLayout layout;

    @Override
    public String description() {
        return "network namespaces";
    }

    @Override
    public Set<FaultKind> supported() {
        Set<FaultKind> all = EnumSet.allOf(FaultKind.class);
        if (FakeClock.library().isEmpty()) {
            all.remove(FaultKind.STEP_CLOCK);
        }
        return Set.copyOf(all);
    }

    @Override
    public void up(DrillLayout wanted, Consumer<String> progress) {
        removeHostsLeftOver(progress);
        layout = wanted;
        ClusterProcesses fresh = begin();
        DrillDirectory made = directory();
        List<String> parts = ClusterProcesses.parts(wanted);
        HostNetwork hosts = HostNetwork.create(
                made.run(), parts.stream().map(NamespaceTarget::hostOf).toList());
        network = hosts;
        parts.stream()
                .map(NamespaceTarget::hostOf)
                .forEach(host -> groups.put(host, new HostCgroup(made.run() + "-" + host, () -> hosts.pids(host))));
        progress.accept(groups.size() + " hosts at " + hosts.address() + "/24, frozen and killed by "
                + group("db").means());
        fresh.up(wanted, hosts(parts, hosts, made), progress);
    }

    private Map<String, Host> hosts(List<String> parts, HostNetwork hosts, DrillDirectory made) {
        Map<String, Host> byPart = new HashMap<>();
        for (String part : parts) {
            String host = hostOf(part);
            List<String> enter = new ArrayList<>(hosts.enter(host));
            enter.addAll(group(host).enter());
            if (Objects.requireNonNull(layout).clockSteps() && part.matches("s[0-9]+")) {
                enter.addAll(new FakeClock(made.path(), part).enter());
            }
            byPart.put(part, new Host(host, hosts.address(host), enter));
        }
        // No part runs here, but the drill itself asks the database.
        byPart.put("operator", new Host("operator", hosts.address(), List.of()));
        return byPart;
    }

    private static String hostOf(String part) {
        return part.equals("postgres") ? "db" : part;
    }

    private static String partOf(String host) {
        return host.equals("db") ? "postgres" : host;
    }

    /** Of a run whose JVM was killed. */
    private static void removeHostsLeftOver(Consumer<String> progress) {
        List<HostCgroup> left = HostCgroup.leftOver();
        left.forEach(HostCgroup::thaw);
        removeLeftOvers(progress);
        left.forEach(HostCgroup::kill);
        HostNetwork.removeLeftOvers();
        left.forEach(HostCgroup::remove);
    }

    private HostNetwork network() {
        return Objects.requireNonNull(network, "the target is not up");
    }

    private HostCgroup group(String host) {
        HostCgroup group = groups.get(host);
        if (group == null) {
            throw new TargetFailure(
                    "there is no host '" + host + "'; there are " + String.join(", ", groups.keySet()), null);
        }
        return group;
    }

    /** The link first: a host without power sends no resets for its connections. */
    @Override
    public void killHost(String host) {
        network().cut(host);
        group(host).kill();
    }

    @Override
    public void freezeHost(String host) {
        group(host).freeze();
    }

    @Override
    public void thawHost(String host) {
        group(host).thaw();
    }

    @Override
    public void restoreHost(String host) {
        group(host).thaw();
        network().heal(host);
        start(partOf(host));
    }

    @Override
    public void cutHost(String host) {
        network().cut(host);
    }

    @Override
    public void healHost(String host) {
        network().heal(host);
    }

    @Override
    public void cutOneWay(String from, String to) {
        network().cutOneWay(from, to);
    }

    @Override
    public void split(Set<String> one, Set<String> other) {
        network().split(one, other);
    }

    @Override
    public void healAll() {
        network().healAll();
    }

    @Override
    public void stepClock(String server, Duration offset) {
        if (!Objects.requireNonNull(layout, "the target is not up").clockSteps()) {
            throw new TargetFailure(
                    "the servers were not started for clock steps: use DrillLayout.withClockSteps()", null);
        }
        new FakeClock(directory().path(), server).step(offset);
    }

    @Override
    void end() {
        groups.values().forEach(HostCgroup::thaw);
        groups.forEach((host, group) -> {
            if (!host.equals("db")) {
                group.kill();
            }
        });
        // PostgreSQL would leave shared memory behind if it were killed.
        processes().end();
        groups.values().forEach(HostCgroup::kill);
        if (network != null) {
            network.remove();
        }
        groups.values().forEach(HostCgroup::remove);
        FakeClock.removeLeftOvers();
        directory().remove();
    }
}
