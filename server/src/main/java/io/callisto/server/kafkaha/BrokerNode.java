package io.callisto.server.kafkaha;

/**
 * One combined broker and controller of a plan.
 *
 * @param id Kafka's node id, never given to another again
 * @param host name or address
 * @param controllerPort of its controller
 * @param brokerPort for clients and other brokers
 * @param external whether it runs on a machine where Callisto is not installed
 * @param founder whether it belongs to the first controller quorum; others join a living one
 * @param directoryId of its data directory, which founders are known by
 */
public record BrokerNode(
        int id,
        String host,
        int controllerPort,
        int brokerPort,
        boolean external,
        boolean founder,
        String directoryId) {
    /** Address of its controller. */
    public String controller() {
        return Endpoint.bracketed(host) + ":" + controllerPort;
    }

    /** Address for clients. */
    public String broker() {
        return Endpoint.bracketed(host) + ":" + brokerPort;
    }

    /** How the founders' list names it. */
    String voter() {
        return id + "@" + controller() + ":" + directoryId;
    }
}
