package io.callisto.server.kafkaha;

import java.util.Map;
import java.util.Optional;

/**
 * One state of the configuration of all brokers. It never changes once it is stored.
 *
 * @param number from 1
 * @param follows the revision that was the present one when this was made; 0: none
 * @param digest of all that a broker sees of it; two with the same digest are the same
 * @param plan what it was made from
 * @param properties {@code server.properties} by node id
 */
public record Revision(int number, int follows, String digest, HaPlan plan, Map<Integer, String> properties) {
    public Revision {
        properties = Map.copyOf(properties);
    }

    /** The revision of a plan. */
    public static Revision of(int number, int follows, HaPlan plan) {
        Map<Integer, String> properties = ServerProperties.ofAll(plan);
        StringBuilder all = new StringBuilder();
        new java.util.TreeMap<>(properties)
                .forEach((id, text) -> all.append(id)
                        .append('\n')
                        .append(plan.node(id).map(BrokerNode::external).orElse(false))
                        .append('\n')
                        .append(text));
        return new Revision(number, follows, Digest.of(all.toString()), plan, properties);
    }

    /** The file of a node. */
    public Optional<String> file(int node) {
        return Optional.ofNullable(properties.get(node));
    }
}
