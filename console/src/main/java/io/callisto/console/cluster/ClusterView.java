package io.callisto.console.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What runs where, decided from rows. Pure. */
final class ClusterView {
    private ClusterView() {}

    /** Key of a service on a server. */
    private record Place(String server, String service) {}

    /**
     * All services of all servers, by server and service.
     *
     * @param nodes newest incarnation of each process
     * @param silentAfterMillis a node that was not heard for longer is unreachable
     */
    static List<ServiceEntry> services(List<NodeRow> nodes, List<ServiceWish> wishes, long silentAfterMillis) {
        Map<Place, ServiceWish> wished = new LinkedHashMap<>();
        wishes.forEach(wish -> wished.put(new Place(wish.server(), wish.service()), wish));
        Map<Place, ServiceEntry> entries = new LinkedHashMap<>();
        // The live and the young come last, so they replace what an earlier layout of the server left behind.
        List<NodeRow> ordered = nodes.stream()
                .sorted(Comparator.comparing((NodeRow node) -> alive(node, silentAfterMillis))
                        .thenComparing(NodeRow::startedAt))
                .toList();
        for (NodeRow node : ordered) {
            for (String service : node.services()) {
                Place place = new Place(node.server(), service);
                entries.put(place, entry(node, service, wished.get(place), silentAfterMillis));
            }
        }
        wished.forEach((place, wish) -> {
            if (wish.wish() == Wish.STOP) {
                entries.putIfAbsent(place, stopped(wish));
            }
        });
        return entries.values().stream()
                .sorted(Comparator.comparing(ServiceEntry::server).thenComparing(ServiceEntry::service))
                .toList();
    }

    /** The services by server; servers without any are in the list too. */
    static List<ServerEntry> servers(Collection<String> names, List<ServiceEntry> services) {
        Map<String, List<ServiceEntry>> byServer = new TreeMap<>();
        names.forEach(name -> byServer.put(name, new ArrayList<>()));
        services.forEach(entry -> byServer.computeIfAbsent(entry.server(), name -> new ArrayList<>())
                .add(entry));
        return byServer.entrySet().stream()
                .map(server ->
                        new ServerEntry(server.getKey(), state(server.getValue()), List.copyOf(server.getValue())))
                .toList();
    }

    private static String state(List<ServiceEntry> services) {
        if (services.stream().allMatch(entry -> entry.state() == ServiceState.STOPPED)) {
            return "STOPPED";
        }
        List<ServiceEntry> wanted =
                services.stream().filter(entry -> entry.wish() == Wish.RUN).toList();
        if (wanted.stream().anyMatch(entry -> entry.state() == ServiceState.UNREACHABLE)) {
            return wanted.stream().allMatch(entry -> entry.state() == ServiceState.UNREACHABLE)
                    ? "UNREACHABLE"
                    : "DEGRADED";
        }
        boolean asWished = wanted.stream().noneMatch(entry -> entry.state() == ServiceState.STOPPED);
        return asWished ? "RUNNING" : "DEGRADED";
    }

    private static ServiceEntry entry(
            NodeRow node, String service, @Nullable ServiceWish wish, long silentAfterMillis) {
        Map<String, Instant> held = new TreeMap<>();
        ServiceKind.of(service)
                .ifPresent(kind -> node.roles().forEach((scope, since) -> {
                    if (kind.masters(scope)) {
                        held.put(scope, since);
                    }
                }));
        ServiceState state = state(node, service, wish, !held.isEmpty(), silentAfterMillis);
        Instant since = switch (state) {
            case MASTER -> held.values().stream().min(Comparator.naturalOrder()).orElse(node.startedAt());
            case STOPPING -> wish == null ? null : wish.changedAt();
            case STOPPED -> node.changedAt();
            case STARTING, RUNNING, DORMANT -> node.startedAt();
            case UNREACHABLE -> null;
        };
        return new ServiceEntry(
                node.server(),
                service,
                node.process(),
                state,
                since,
                List.copyOf(held.keySet()),
                wish == null ? Wish.RUN : wish.wish(),
                node.endpoints().get(service),
                node.nodeId(),
                node.heartbeatAgeMillis());
    }

    private static ServiceState state(
            NodeRow node, String service, @Nullable ServiceWish wish, boolean master, long silentAfterMillis) {
        if (node.state().equals("STOPPED") || node.state().equals("DEAD")) {
            return ServiceState.STOPPED;
        }
        if (node.heartbeatAgeMillis() > silentAfterMillis) {
            return ServiceState.UNREACHABLE;
        }
        if (node.state().equals("DRAINING") || (wish != null && wish.wish() == Wish.STOP)) {
            return ServiceState.STOPPING;
        }
        if (node.state().equals("STARTING")) {
            return ServiceState.STARTING;
        }
        if (master) {
            return ServiceState.MASTER;
        }
        boolean hasMaster = ServiceKind.of(service).map(ServiceKind::hasMaster).orElse(false);
        return hasMaster ? ServiceState.DORMANT : ServiceState.RUNNING;
    }

    private static ServiceEntry stopped(ServiceWish wish) {
        return new ServiceEntry(
                wish.server(),
                wish.service(),
                null,
                ServiceState.STOPPED,
                wish.changedAt(),
                List.of(),
                Wish.STOP,
                null,
                null,
                null);
    }

    private static boolean alive(NodeRow node, long silentAfterMillis) {
        return !node.state().equals("STOPPED")
                && !node.state().equals("DEAD")
                && node.heartbeatAgeMillis() <= silentAfterMillis;
    }
}
