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

    /**
     * The message brokers, each by its own word.
     *
     * @param silentAfterMillis a broker that has said nothing for longer is unreachable
     */
    static List<ServiceEntry> brokers(List<BrokerRow> brokers, long silentAfterMillis) {
        return brokers.stream()
                .map(broker -> {
                    boolean stopped = broker.state().equals("STOPPED");
                    ServiceState state = !stopped && broker.silentMillis() > silentAfterMillis
                            ? ServiceState.UNREACHABLE
                            : ServiceState.valueOf(broker.state());
                    return new ServiceEntry(
                            broker.server(),
                            ServiceKind.BROKER.service(),
                            ServiceKind.BROKER.service(),
                            null,
                            state,
                            role(state, true, false),
                            state == ServiceState.UNREACHABLE ? null : broker.since(),
                            List.of(),
                            Wish.RUN,
                            null,
                            null,
                            broker.silentMillis());
                })
                .toList();
    }

    /** The worst skew of each server's living processes; servers that have measured none are not in it. */
    static Map<String, Long> clockSkews(List<NodeRow> nodes, long silentAfterMillis) {
        Map<String, Long> skews = new TreeMap<>();
        for (NodeRow node : nodes) {
            Long skew = node.clockSkewMillis();
            if (skew != null && alive(node, silentAfterMillis)) {
                skews.merge(node.server(), skew, (one, other) -> Math.abs(one) >= Math.abs(other) ? one : other);
            }
        }
        return skews;
    }

    /**
     * The services by server; servers without any are in the list too.
     *
     * @param clockSkews in milliseconds, where they are known
     * @param skewLimitMillis from which on a skew is an alarm
     */
    static List<ServerEntry> servers(
            Collection<String> names, List<ServiceEntry> services, Map<String, Long> clockSkews, long skewLimitMillis) {
        Map<String, List<ServiceEntry>> byServer = new TreeMap<>();
        names.forEach(name -> byServer.put(name, new ArrayList<>()));
        services.forEach(entry -> byServer.computeIfAbsent(entry.server(), name -> new ArrayList<>())
                .add(entry));
        return byServer.entrySet().stream()
                .map(server -> {
                    Long skew = clockSkews.get(server.getKey());
                    return new ServerEntry(
                            server.getKey(),
                            state(server.getValue()),
                            skew,
                            skew != null && Math.abs(skew) > skewLimitMillis,
                            List.copyOf(server.getValue()));
                })
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
        Map<String, Instant> owned = new TreeMap<>();
        Map<String, Instant> held = new TreeMap<>();
        ServiceKind.of(service)
                .ifPresent(kind -> node.roles().forEach((scope, since) -> {
                    if (kind.owns(scope)) {
                        owned.put(scope, since);
                    }
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
                node.pid(),
                state,
                role(state, hasMaster(service), !held.isEmpty()),
                since,
                List.copyOf(owned.keySet()),
                wish == null ? Wish.RUN : wish.wish(),
                node.endpoints().get(service),
                node.nodeId(),
                node.heartbeatAgeMillis());
    }

    /** A service that starts does not work yet; one that is stopping is what it was until it has handed over. */
    private static ServiceRole role(ServiceState state, boolean hasMaster, boolean master) {
        return switch (state) {
            case MASTER -> ServiceRole.MASTER;
            case DORMANT -> ServiceRole.DORMANT;
            case RUNNING -> ServiceRole.RUNNING;
            case STARTING, STOPPED -> ServiceRole.STOPPED;
            case STOPPING -> master ? ServiceRole.MASTER : hasMaster ? ServiceRole.DORMANT : ServiceRole.RUNNING;
            case UNREACHABLE -> ServiceRole.UNREACHABLE;
        };
    }

    private static boolean hasMaster(String service) {
        return ServiceKind.of(service).map(ServiceKind::hasMaster).orElse(false);
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
        return hasMaster(service) ? ServiceState.DORMANT : ServiceState.RUNNING;
    }

    private static ServiceEntry stopped(ServiceWish wish) {
        return new ServiceEntry(
                wish.server(),
                wish.service(),
                null,
                null,
                ServiceState.STOPPED,
                ServiceRole.STOPPED,
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
