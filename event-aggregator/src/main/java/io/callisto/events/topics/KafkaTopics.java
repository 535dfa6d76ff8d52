package io.callisto.events.topics;

import io.callisto.outbox.kafka.KafkaAddress;
import io.callisto.outbox.relay.EventLogFailure;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's topics through its admin client, which is made at first use and again after a failure. Used by one thread.
 * Every method throws {@link EventLogFailure} where Kafka cannot be reached or refuses.
 */
final class KafkaTopics implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final KafkaAddress address;
    private @Nullable Admin admin;

    KafkaTopics(KafkaAddress address) {
        this.address = address;
    }

    int liveBrokers() {
        return await("counting the brokers", admin().describeCluster().nodes()).size();
    }

    Set<String> names() {
        return await("listing the topics", admin().listTopics().names());
    }

    Map<String, TopicPlan.Found> describe(Collection<String> topics) {
        Map<String, TopicDescription> descriptions =
                await("describing topics", admin().describeTopics(topics).allTopicNames());
        List<ConfigResource> resources = topics.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<ConfigResource, Config> configs =
                await("describing topics", admin().describeConfigs(resources).all());
        Map<String, TopicPlan.Found> found = new HashMap<>();
        descriptions.forEach((name, description) -> {
            Config config = configs.get(new ConfigResource(ConfigResource.Type.TOPIC, name));
            found.put(
                    name,
                    new TopicPlan.Found(
                            description.partitions().size(),
                            description.partitions().get(0).replicas().size(),
                            config == null ? Map.of() : values(config)));
        });
        return found;
    }

    private static Map<String, String> values(Config config) {
        return config.entries().stream()
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }

    /** One that somebody else has just created counts as created. */
    void create(TopicPlan.Spec spec, int replicas) {
        NewTopic topic = new NewTopic(spec.name(), spec.partitions(), (short) replicas).configs(spec.config(replicas));
        unless(
                TopicExistsException.class,
                "creating topic " + spec.name(),
                admin().createTopics(List.of(topic)).all());
    }

    void growTo(String topic, int partitions) {
        await(
                "adding partitions to " + topic,
                admin().createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                        .all());
    }

    void configure(String topic, String name, String value) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
        await(
                "configuring topic " + topic,
                admin().incrementalAlterConfigs(Map.of(resource, List.of(change)))
                        .all());
    }

    void delete(String topic) {
        unless(
                UnknownTopicOrPartitionException.class,
                "deleting topic " + topic,
                admin().deleteTopics(List.of(topic)).all());
    }

    private Admin admin() {
        Admin current = admin;
        if (current == null) {
            Map<String, Object> config = address.client("callisto-topics");
            config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(LIMIT.toMillis()));
            config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(LIMIT.toMillis()));
            try {
                current = Admin.create(config);
            } catch (KafkaException e) {
                throw new EventLogFailure(EventLogFailure.Kind.UNAVAILABLE, "connecting to Kafka " + address, e);
            }
            admin = current;
        }
        return current;
    }

    private void unless(Class<? extends Exception> fine, String what, KafkaFuture<Void> future) {
        try {
            await(what, future);
        } catch (EventLogFailure e) {
            if (!fine.isInstance(e.getCause())) {
                throw e;
            }
        }
    }

    private <T> T await(String what, KafkaFuture<T> future) {
        String where = what + " at Kafka " + address;
        try {
            return future.get(LIMIT.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new EventLogFailure(EventLogFailure.Kind.UNAVAILABLE, where, cause);
        } catch (TimeoutException e) {
            throw new EventLogFailure(EventLogFailure.Kind.UNAVAILABLE, where, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EventLogFailure(EventLogFailure.Kind.UNAVAILABLE, where, e);
        }
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }
}
