package io.callisto.server.kafkaha;

import io.callisto.outbox.kafka.KafkaAddress;
import io.callisto.server.cluster.ClusterFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ElectionNotNeededException;

/** Looks at a Kafka cluster and asks small things of it. Every failure says where and what. Thread-safe. */
public final class KafkaAdmin implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final KafkaAddress address;
    private final Admin admin;

    /** Connects at first use. */
    public KafkaAdmin(KafkaAddress address) {
        this.address = address;
        Map<String, Object> config = address.impatient("callisto-kafka-ha");
        config.put("default.api.timeout.ms", Long.toString(LIMIT.toMillis()));
        try {
            this.admin = Admin.create(config);
        } catch (KafkaException e) {
            throw failure("connecting", e.getCause() == null ? e : e.getCause());
        }
    }

    /** The cluster now. */
    public ClusterSnapshot snapshot() {
        DescribeClusterResult cluster = admin.describeCluster();
        Map<Integer, String> brokers = new HashMap<>();
        await("listing the brokers", cluster.nodes())
                .forEach(node -> brokers.put(node.id(), Endpoint.bracketed(node.host()) + ":" + node.port()));
        String id = await("reading the cluster id", cluster.clusterId());
        return new ClusterSnapshot(id, brokers, quorum(), topics());
    }

    private ClusterSnapshot.Quorum quorum() {
        QuorumInfo info = await(
                "describing the controllers", admin.describeMetadataQuorum().quorumInfo());
        long newest = info.voters().stream()
                .filter(voter -> voter.replicaId() == info.leaderId())
                .mapToLong(voter -> voter.lastCaughtUpTimestamp().orElse(0))
                .max()
                .orElse(0);
        List<ClusterSnapshot.Voter> voters = info.voters().stream()
                .map(voter -> new ClusterSnapshot.Voter(
                        voter.replicaId(), voter.replicaDirectoryId().toString(), behind(voter, newest)))
                .toList();
        Set<Integer> observers = new TreeSet<>();
        info.observers().forEach(observer -> observers.add(observer.replicaId()));
        return new ClusterSnapshot.Quorum(info.leaderId(), voters, observers);
    }

    /** Both times are the leader's. */
    private static long behind(QuorumInfo.ReplicaState voter, long newest) {
        long last = voter.lastCaughtUpTimestamp().orElse(-1);
        return last < 0 ? -1 : Math.max(0, newest - last);
    }

    private List<ClusterSnapshot.Topic> topics() {
        Set<String> names = await(
                "listing the topics",
                admin.listTopics(new ListTopicsOptions().listInternal(true)).names());
        Map<String, TopicDescription> descriptions =
                await("describing the topics", admin.describeTopics(names).allTopicNames());
        Map<String, Map<String, String>> configs = configs(names);
        List<ClusterSnapshot.Topic> topics = new ArrayList<>();
        descriptions.values().forEach(topic -> {
            String minimum = configs.getOrDefault(topic.name(), Map.of()).get("min.insync.replicas");
            topics.add(new ClusterSnapshot.Topic(
                    topic.name(),
                    minimum == null ? null : Integer.valueOf(minimum),
                    topic.partitions().stream()
                            .map(partition -> partition(topic.name(), partition))
                            .toList()));
        });
        topics.sort(java.util.Comparator.comparing(ClusterSnapshot.Topic::name));
        return topics;
    }

    /** All settings of topics, by topic and name. */
    Map<String, Map<String, String>> configs(Collection<String> topics) {
        List<ConfigResource> resources = topics.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, Map<String, String>> found = new HashMap<>();
        await(
                        "reading the settings of the topics",
                        admin.describeConfigs(resources).all())
                .forEach((resource, config) -> found.put(resource.name(), values(config)));
        return found;
    }

    private static Map<String, String> values(Config config) {
        return config.entries().stream()
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(entry -> entry.name(), entry -> entry.value()));
    }

    private static ClusterSnapshot.Partition partition(String topic, TopicPartitionInfo partition) {
        Node leader = partition.leader();
        return new ClusterSnapshot.Partition(
                topic,
                partition.partition(),
                leader == null || leader.isEmpty() ? -1 : leader.id(),
                partition.replicas().stream().map(Node::id).toList(),
                partition.isr().stream().map(Node::id).toList());
    }

    /** Gives every partition back to the replica that is named first. */
    public void electPreferredLeaders() {
        try {
            await(
                            "electing leaders",
                            admin.electLeaders(ElectionType.PREFERRED, null).partitions())
                    .forEach((partition, failure) -> failure.filter(e -> !(e instanceof ElectionNotNeededException))
                            .ifPresent(e -> {
                                throw failure("electing the leader of " + partition, e);
                            }));
        } catch (ClusterFailure e) {
            if (!(e.getCause() instanceof ElectionNotNeededException)) {
                throw e;
            }
        }
    }

    /** The client itself, for what is not offered here. */
    Admin client() {
        return admin;
    }

    /** Where it is. */
    public KafkaAddress address() {
        return address;
    }

    <T> T await(String what, KafkaFuture<T> future) {
        try {
            return future.get(LIMIT.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(what, Objects.requireNonNullElse(e.getCause(), e));
        } catch (TimeoutException e) {
            throw failure(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(what, e);
        }
    }

    private ClusterFailure failure(String what, Throwable e) {
        return new ClusterFailure(
                what + " at Kafka " + address + " failed: " + e.getClass().getSimpleName() + " " + e.getMessage()
                        + ". Do the brokers run, and is --kafka-properties right where they want certificates?",
                e);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }
}
