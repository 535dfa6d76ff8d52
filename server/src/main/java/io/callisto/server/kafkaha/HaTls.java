package io.callisto.server.kafkaha;

import io.callisto.server.infra.KafkaTls;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Mutual TLS of the brokers. No secret is part of it: each server has its own files.
 *
 * @param directory on every server, with {@code key.pem} (key and certificate) and {@code trusted.pem} (authorities),
 *     as {@code callisto certs} makes them; {@code {id}} stands for the node id and {@code {host}} for its host
 */
public record HaTls(String directory) {
    String directory(BrokerNode node) {
        return directory.replace("{id}", Integer.toString(node.id())).replace("{host}", node.host());
    }

    Map<String, String> properties(BrokerNode node) {
        String place = directory(node);
        Map<String, String> all =
                new LinkedHashMap<>(new KafkaTls(place + "/key.pem", place + "/trusted.pem").properties());
        if (node.external()) {
            // A stock Kafka does not have Callisto's classes; it takes new certificates by kafka-configs.sh.
            all.remove("ssl.engine.factory.class");
        }
        return all;
    }
}
