package io.callisto.server.kafkaha;

/** Stops and starts brokers. Every method throws {@code ClusterFailure} where it cannot. */
public interface BrokerControl {
    /** Ends a broker in order and returns when its process is gone. */
    void stop(int broker);

    /** Starts a broker; it may return before the broker has joined. */
    void start(int broker);

    /** Stops and starts. */
    default void restart(int broker) {
        stop(broker);
        start(broker);
    }

    /** For people: what happens to a broker. */
    String describe(int broker);
}
