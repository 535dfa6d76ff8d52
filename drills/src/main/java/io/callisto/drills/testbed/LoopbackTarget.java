package io.callisto.drills.testbed;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Every process on this machine's loopback address: for machines where hosts cannot be made. */
public final class LoopbackTarget extends LocalTarget {
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
        begin().up(layout, Map.of(), progress);
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
        processes();
    }

    @Override
    public void stepClock(String server, Duration offset) {
        throw noHosts();
    }

    private static TargetFailure noHosts() {
        return new TargetFailure(
                "on loopback processes there are no hosts, links and clocks of their own. Run the drill as root on"
                        + " Linux with iproute2, iptables and nftables, or with --target compose.",
                null);
    }
}
