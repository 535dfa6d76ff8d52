package io.callisto.server.infra;

import io.callisto.certificates.CertificateFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/**
 * Has brokers read the files of their listeners' certificates again: Kafka does so when a file's path is set, though to
 * what it was. For brokers without our {@code ssl.engine.factory.class}; a listener of controllers only cannot be told.
 */
public final class BrokerCertificates implements AutoCloseable {
    private static final List<String> FILES = List.of("ssl.truststore.location", "ssl.keystore.location");
    private static final long LIMIT_SECONDS = 30;

    private final Admin admin;

    /**
     * @param client properties of an admin client
     */
    public BrokerCertificates(Map<String, Object> client) {
        this.admin = Admin.create(client);
    }

    /**
     * Reads again on every broker, which each does a moment later. A new certificate must be trusted by the trust store
     * that the broker has loaded; what it thinks of it stands in its log.
     *
     * @param listener name of the listener
     * @return ids of the brokers
     * @throws CertificateFailure where a broker refuses
     */
    public List<Integer> reload(String listener) {
        Collection<Node> brokers =
                await("asking for the brokers", admin.describeCluster().nodes());
        List<Integer> done = new ArrayList<>();
        for (Node broker : brokers) {
            reload(broker, listener.toLowerCase(Locale.ROOT));
            done.add(broker.id());
        }
        return done;
    }

    private void reload(Node broker, String listener) {
        String prefix = "listener.name." + listener + ".";
        ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, broker.idString());
        String what = "broker " + broker.idString();
        Config config = Objects.requireNonNull(
                await(what, admin.describeConfigs(Set.of(resource)).all()).get(resource));
        // Kafka takes settings of listeners that it does not have, and does nothing with them.
        ConfigEntry listeners = config.get("listeners");
        if (listeners == null
                || !(listeners.value() + ",").toLowerCase(Locale.ROOT).contains(listener + "://")) {
            throw new CertificateFailure(what + " has no listener " + listener + "; it has "
                    + (listeners == null ? "none" : listeners.value()));
        }
        for (String file : FILES) {
            String path = path(config, prefix + file, file);
            if (path == null) {
                throw new CertificateFailure(what + " has no " + file + " that its listener could read again");
            }
            AlterConfigOp again = new AlterConfigOp(new ConfigEntry(prefix + file, path), AlterConfigOp.OpType.SET);
            await(
                    what + ", " + file,
                    admin.incrementalAlterConfigs(Map.of(resource, List.of(again)))
                            .all());
        }
    }

    private static @Nullable String path(Config config, String own, String common) {
        ConfigEntry entry = config.get(own);
        if (entry == null || entry.value() == null) {
            entry = config.get(common);
        }
        return entry == null ? null : entry.value();
    }

    private static <T> T await(String what, KafkaFuture<T> future) {
        try {
            return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new CertificateFailure(what + ": " + cause, cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CertificateFailure(what + ": interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
