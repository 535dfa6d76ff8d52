package io.callisto.server.cluster;

import io.callisto.server.process.ProcessIdentity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a cluster's directory remembers between two commands: {@code cluster.json}.
 *
 * @param format of the file
 * @param options of the last {@code up}
 * @param host that everything listens on whose options name no other host
 * @param ports by purpose, such as {@code postgres} or {@code kafka1-controller}
 * @param kafkaClusterId of the embedded Kafka
 * @param kafkaDirectories directory ids of the first controllers by node id
 * @param processes that {@code up} started or adopted, by name
 */
record ClusterState(
        int format,
        ClusterOptions options,
        String host,
        Map<String, Integer> ports,
        String kafkaClusterId,
        Map<String, String> kafkaDirectories,
        Map<String, ProcessIdentity> processes) {
    static final int FORMAT = 1;

    ClusterState {
        ports = Map.copyOf(ports);
        kafkaDirectories = Map.copyOf(kafkaDirectories);
        processes = Map.copyOf(processes);
    }

    ClusterState withOptions(ClusterOptions newest) {
        return new ClusterState(format, newest, host, ports, kafkaClusterId, kafkaDirectories, processes);
    }

    ClusterState withPorts(Map<String, Integer> newest) {
        return new ClusterState(format, options, host, newest, kafkaClusterId, kafkaDirectories, processes);
    }

    ClusterState withProcess(String name, ProcessIdentity process) {
        Map<String, ProcessIdentity> more = new TreeMap<>(processes);
        more.put(name, process);
        return new ClusterState(format, options, host, ports, kafkaClusterId, kafkaDirectories, more);
    }

    ClusterState withoutProcess(String name) {
        Map<String, ProcessIdentity> fewer = new TreeMap<>(processes);
        fewer.remove(name);
        return new ClusterState(format, options, host, ports, kafkaClusterId, kafkaDirectories, fewer);
    }

    int port(String purpose) {
        Integer port = ports.get(purpose);
        if (port == null) {
            throw new IllegalStateException("no port for " + purpose);
        }
        return port;
    }

    /** The host of a part, or of one of its processes or ports. */
    Host hostOf(String name) {
        Host chosen = options.hostOf(name);
        return chosen.equals(Host.loopback()) ? new Host(chosen.name(), host, List.of()) : chosen;
    }

    String address(String purpose) {
        return hostOf(purpose).address() + ":" + port(purpose);
    }
}
