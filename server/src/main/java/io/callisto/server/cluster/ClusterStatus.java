package io.callisto.server.cluster;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What runs where, now.
 *
 * @param directory of the cluster
 * @param servers with their processes
 * @param infrastructure embedded parts
 * @param roles who owns what, by the database; empty where it does not answer
 */
public record ClusterStatus(
        String directory, List<ServerStatus> servers, List<ProcessStatus> infrastructure, List<RoleStatus> roles) {

    public ClusterStatus {
        servers = List.copyOf(servers);
        infrastructure = List.copyOf(infrastructure);
        roles = List.copyOf(roles);
    }

    /**
     * @param name such as {@code s1}
     * @param url of its REST interface
     * @param processes its supervisor first
     */
    public record ServerStatus(String name, String url, List<ProcessStatus> processes) {
        public ServerStatus {
            processes = List.copyOf(processes);
        }
    }

    /**
     * @param name such as {@code kafka1}
     * @param kind what it is, for people
     * @param address where it listens, if it does
     * @param pid while it runs
     * @param state RUNNING, STARTING, WAITING ..., LIVE or STANDBY (brokers), DEAD (ended by itself), STOPPED or
     *     STOPPED BY WISH
     * @param memoryMegabytes resident memory, where the system tells
     * @param log its output
     */
    public record ProcessStatus(
            String name,
            String kind,
            @Nullable String address,
            @Nullable Long pid,
            String state,
            @Nullable Integer memoryMegabytes,
            @Nullable String log) {
        /** Of a service that an administrator wished stopped: no fault. */
        static final String STOPPED_BY_WISH = "STOPPED BY WISH";

        private static final Set<String> READY = Set.of("RUNNING", "LIVE", "STANDBY", STOPPED_BY_WISH);

        /** Whether it does its work, or is meant not to. */
        public boolean ready() {
            return READY.contains(state);
        }
    }

    /**
     * @param scope such as {@code director}
     * @param server whose node holds it
     * @param process of the server
     * @param epoch of the holder
     * @param state HELD, DRAINING or RELEASED; EXPIRED where nobody renews it
     * @param ageSeconds since the last takeover
     */
    public record RoleStatus(
            String scope,
            @Nullable String server,
            @Nullable String process,
            long epoch,
            String state,
            long ageSeconds) {}

    /** Whether every process does its work. */
    public boolean ready() {
        return infrastructure.stream().allMatch(ProcessStatus::ready)
                && servers.stream().flatMap(s -> s.processes().stream()).allMatch(ProcessStatus::ready);
    }
}
