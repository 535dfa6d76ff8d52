package io.callisto.drills.reconcile;

import io.callisto.drills.reconcile.Evidence.AttemptRecord;
import io.callisto.drills.reconcile.Evidence.JobRecord;
import io.callisto.drills.reconcile.Evidence.ResultRecord;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.EventType;
import io.callisto.event.contract.JobStatisticsEvent;
import io.callisto.event.contract.validation.EventValidator;
import io.callisto.event.contract.validation.LogEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event client like any other: a plain String consumer with {@code read_committed} that knows nothing of the product
 * but topic names and JSON, and, for {@link #contract}, its published contract. Not thread-safe.
 */
public final class KafkaWitness {
    private static final Duration POLL = Duration.ofMillis(250);
    private static final int PROBLEMS_NAMED = 50;

    private final String bootstrapServers;
    private final JsonMapper json = new JsonMapper();

    public KafkaWitness(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Reads topic JOB from its beginning to its present end. */
    public List<JobRecord> jobEvents(String topic, long job) {
        List<JobRecord> events = new ArrayList<>();
        read(topic, record -> {
            JsonNode event = json.readTree(record.value());
            if (event.path("jobId").asLong() == job) {
                events.add(jobRecord(record, event));
            }
        });
        return events;
    }

    /** Reads topic ATTEMPT from its beginning to its present end. */
    public List<AttemptRecord> attemptEvents(String topic, long job) {
        List<AttemptRecord> events = new ArrayList<>();
        read(topic, record -> {
            JsonNode event = json.readTree(record.value());
            if (event.path("jobId").asLong() == job) {
                events.add(attemptRecord(record, event));
            }
        });
        return events;
    }

    /** Reads topic ENRICHEDATTEMPTRESULT from its beginning to its present end. */
    public List<ResultRecord> results(String topic, long job) {
        return resultsByJob(topic).getOrDefault(job, List.of());
    }

    /** Reads topic ENRICHEDATTEMPTRESULT once, for all jobs. */
    public Map<Long, List<ResultRecord>> resultsByJob(String topic) {
        Map<Long, List<ResultRecord>> results = new HashMap<>();
        read(topic, record -> {
            JsonNode event = json.readTree(record.value());
            results.computeIfAbsent(event.path("jobId").asLong(), job -> new ArrayList<>())
                    .add(resultRecord(record, event));
        });
        return results;
    }

    /** Reads topic JOB once, for all jobs. */
    public Map<Long, List<JobRecord>> jobEventsByJob(String topic) {
        Map<Long, List<JobRecord>> events = new HashMap<>();
        read(topic, record -> {
            JsonNode event = json.readTree(record.value());
            events.computeIfAbsent(event.path("jobId").asLong(), job -> new ArrayList<>())
                    .add(jobRecord(record, event));
        });
        return events;
    }

    /** Reads topic ATTEMPT once, for all jobs. */
    public Map<Long, List<AttemptRecord>> attemptEventsByJob(String topic) {
        Map<Long, List<AttemptRecord>> events = new HashMap<>();
        read(topic, record -> {
            JsonNode event = json.readTree(record.value());
            events.computeIfAbsent(event.path("jobId").asLong(), job -> new ArrayList<>())
                    .add(attemptRecord(record, event));
        });
        return events;
    }

    /** Reads all topics of an organisation and holds every record against the contract. */
    public ContractReport contract(int organisation) {
        return contract(organisation, Instant.EPOCH);
    }

    /**
     * Reads all topics of an organisation and holds against the contract what came since: of older records, which an
     * earlier look has checked, only the sequence is followed.
     */
    public ContractReport contract(int organisation, Instant since) {
        EventValidator validator = new EventValidator();
        EventJson events = new EventJson();
        List<String> problems = new ArrayList<>();
        Map<Long, JobStatisticsEvent> statistics = new HashMap<>();
        long[] records = new long[1];
        for (EventType type : EventType.values()) {
            Map<String, Integer> partitions = new HashMap<>();
            read(type.topic(organisation), record -> {
                Integer before = partitions.putIfAbsent(record.key(), record.partition());
                if (before != null && before != record.partition() && problems.size() < PROBLEMS_NAMED) {
                    problems.add(record.topic() + ": one key is in partitions " + before + " and " + record.partition()
                            + ", which have no order");
                }
                if (record.timestamp() < since.toEpochMilli()) {
                    validator.skip(entry(record));
                    return;
                }
                records[0]++;
                List<String> found = validator.check(entry(record));
                if (problems.size() < PROBLEMS_NAMED) {
                    problems.addAll(found);
                }
                if (type == EventType.JOBSTATISTICS && found.isEmpty()) {
                    JobStatisticsEvent event = events.read(JobStatisticsEvent.class, record.value());
                    statistics.put(event.jobId(), event);
                }
            });
        }
        return new ContractReport(records[0], problems, statistics);
    }

    private static ResultRecord resultRecord(ConsumerRecord<String, String> record, JsonNode event) {
        return new ResultRecord(
                eventId(record, event),
                UUID.fromString(event.path("attemptId").asString()),
                event.path("contactId").asLong(),
                event.path("seq").asInt(),
                event.path("systemCode").asString());
    }

    private static LogEntry entry(ConsumerRecord<String, String> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return new LogEntry(record.topic(), record.key(), record.value(), headers);
    }

    private static JobRecord jobRecord(ConsumerRecord<String, String> record, JsonNode event) {
        return new JobRecord(
                eventId(record, event),
                event.path("seq").asInt(),
                event.path("newState").asString());
    }

    private static AttemptRecord attemptRecord(ConsumerRecord<String, String> record, JsonNode event) {
        return new AttemptRecord(
                eventId(record, event),
                UUID.fromString(event.path("attemptId").asString()),
                event.path("contactId").asLong(),
                event.path("seq").asInt(),
                event.path("phase").asString(),
                textOrNull(event.path("completionCode")));
    }

    private void read(String topic, RecordSink sink) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            // With read_committed the end is the last stable offset: everything committed before this call.
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                    sink.accept(record);
                }
            }
        }
    }

    private static String eventId(ConsumerRecord<String, String> record, JsonNode event) {
        Header header = record.headers().lastHeader("ce_id");
        String inValue = event.path("eventId").asString();
        if (header == null || !new String(header.value(), StandardCharsets.UTF_8).equals(inValue)) {
            throw new IllegalStateException("record " + record.topic() + "-" + record.partition() + "@"
                    + record.offset() + ": header ce_id and field eventId differ");
        }
        return inValue;
    }

    private static @Nullable String textOrNull(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? null : node.asString();
    }

    /** Takes one record. */
    @FunctionalInterface
    private interface RecordSink {
        void accept(ConsumerRecord<String, String> record);
    }
}
