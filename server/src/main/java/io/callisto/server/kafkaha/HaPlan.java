package io.callisto.server.kafkaha;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka cluster as it should be.
 *
 * @param clusterId Kafka's id of it, kept for ever
 * @param replicationFactor of every topic
 * @param minInsyncReplicas how many replicas acknowledge a write
 * @param dataDirectory of every broker; {@code {id}} stands for the node id
 * @param lastId highest node id ever given
 * @param tls what certificates the listeners use; null: none
 * @param nodes brokers, the external one last
 */
public record HaPlan(
        String clusterId,
        int replicationFactor,
        int minInsyncReplicas,
        String dataDirectory,
        int lastId,
        @Nullable HaTls tls,
        List<BrokerNode> nodes) {
    public HaPlan {
        nodes = List.copyOf(nodes);
    }

    /** The node with that id. */
    public Optional<BrokerNode> node(int id) {
        return nodes.stream().filter(node -> node.id() == id).findFirst();
    }

    /** The external broker, if there is one. */
    public Optional<BrokerNode> external() {
        return nodes.stream().filter(BrokerNode::external).findFirst();
    }

    /** Bootstrap servers for clients. */
    public String bootstrapServers() {
        return nodes.stream().map(BrokerNode::broker).collect(Collectors.joining(","));
    }

    String controllers() {
        return nodes.stream().map(BrokerNode::controller).collect(Collectors.joining(","));
    }

    String founders() {
        return nodes.stream().filter(BrokerNode::founder).map(BrokerNode::voter).collect(Collectors.joining(","));
    }

    String dataDirectory(BrokerNode node) {
        return dataDirectory.replace("{id}", Integer.toString(node.id()));
    }
}
