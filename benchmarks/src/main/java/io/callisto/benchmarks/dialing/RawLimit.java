package io.callisto.benchmarks.dialing;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What the machine can do with the same rows and the same payloads and nothing else: batched SQL and an acks=all
 * producer, both
 * at once. Rows go to tables made like the real ones, with their indexes but without foreign keys.
 */
final class RawLimit {
    private static final int BATCH = 500;
    private static final int WRITERS = 2;
    private static final String TOPIC = "callisto.bench.raw";

    private final DataSource database;
    private final String bootstrapServers;
    private final int eventsPerAttempt;
    private final String payload;

    /**
     * @param eventsPerAttempt outbox rows and records of one attempt, as counted in the real run
     * @param payload a value of the real run
     */
    RawLimit(DataSource database, String bootstrapServers, int eventsPerAttempt, String payload) {
        this.database = database;
        this.bootstrapServers = bootstrapServers;
        this.eventsPerAttempt = eventsPerAttempt;
        this.payload = payload;
    }

    /**
     * @param attemptsPerSecond rows of attempts written and finished
     * @param eventsPerSecond records acknowledged
     */
    record Result(double attemptsPerSecond, double eventsPerSecond) {}

    Result measure(int seconds) throws SQLException, InterruptedException, ExecutionException {
        createTables();
        LongAdder attempts = new LongAdder();
        LongAdder events = new LongAdder();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
        try {
            java.util.List<Future<?>> running = new java.util.ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                running.add(threads.submit(writer(end, attempts)));
            }
            running.add(threads.submit(() -> produce(end, events)));
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
            dropTables();
        }
        return new Result(attempts.sum() / (double) seconds, events.sum() / (double) seconds);
    }

    private Callable<Void> writer(long end, LongAdder attempts) {
        return () -> {
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                long job = Thread.currentThread().getId();
                long contact = 0;
                while (System.nanoTime() - end < 0) {
                    UUID[] ids = new UUID[BATCH];
                    Long[] contacts = new Long[BATCH];
                    for (int n = 0; n < BATCH; n++) {
                        ids[n] = new UUID(System.nanoTime(), n);
                        contacts[n] = contact++;
                    }
                    Array idArray = connection.createArrayOf("uuid", ids);
                    Array contactArray = connection.createArrayOf("bigint", contacts);
                    reserve(connection, job, idArray, contactArray);
                    connection.commit();
                    complete(connection, idArray);
                    connection.commit();
                    drain(connection);
                    connection.commit();
                    attempts.add(BATCH);
                }
            }
            return null;
        };
    }

    private static void reserve(Connection connection, long job, Array ids, Array contacts) throws SQLException {
        execute(connection, """
            insert into bench_attempt (attempt_id, job_id, contact_id, attempt_no, organisation_id, zone_id,
                   phone_number, owner_scope, epoch, gateway_id, gateway_incarnation, state, state_deadline)
            select id, ?, contact, 1, 0, 0, '+4915112345678', 'job/1/0', 1, 'g1', 1, 'RESERVED',
                   clock_timestamp() + interval '1 minute'
              from unnest(?, ?) as t(id, contact)
            """, job, ids, contacts);
    }

    private void complete(Connection connection, Array ids) throws SQLException {
        execute(connection, """
            update bench_attempt
               set state = 'COMPLETED', completion_code_id = 1, completed_at = clock_timestamp(), version = 4
             where attempt_id = any(?)
            """, ids);
        execute(connection, """
            insert into bench_outbox (event_id, event_type, organisation_id, record_key, aggregate_id,
                   aggregate_seq, epoch, payload)
            select id, 'ATTEMPT', 0, id::text, id::text, n, 1, ?
              from unnest(?) as t(id), generate_series(1, ?) as n
            """, payload, ids, eventsPerAttempt);
    }

    private void drain(Connection connection) throws SQLException {
        execute(connection, """
            delete from bench_outbox
             where id in (select id from bench_outbox where shard = 0 order by id limit ? for update skip locked)
            """, BATCH * eventsPerAttempt);
    }

    private static void execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int n = 0; n < values.length; n++) {
                statement.setObject(n + 1, values[n]);
            }
            statement.executeUpdate();
        }
    }

    private void createTables() throws SQLException {
        dropTables();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table bench_attempt (like attempt including all)");
            statement.execute("create table bench_outbox (like event_outbox including all)");
        }
    }

    private void dropTables() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists bench_attempt, bench_outbox");
        }
    }

    private Object produce(long end, LongAdder events) throws ExecutionException, InterruptedException {
        BenchTopic.create(bootstrapServers, TOPIC);
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", "10", "compression.type", "zstd");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            long n = 0;
            while (System.nanoTime() - end < 0) {
                // The callback counts what was acknowledged; what failed is simply not counted.
                var unused = producer.send(new ProducerRecord<>(TOPIC, Long.toString(n++), payload), (sent, failed) -> {
                    if (failed == null) {
                        events.increment();
                    }
                });
            }
            producer.flush();
        }
        return events;
    }
}
