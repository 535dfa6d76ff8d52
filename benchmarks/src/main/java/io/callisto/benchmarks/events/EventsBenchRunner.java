package io.callisto.benchmarks.events;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.callisto.benchmarks.cli.BenchOutput;
import io.callisto.benchmarks.cli.BenchRunner;
import io.callisto.domain.TimeOrderedIds;
import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.EventType;
import io.callisto.server.cluster.ClusterOptions;
import io.callisto.server.cluster.LocalCluster;
import io.callisto.server.process.PostgresAccess;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;

/**
 * Runs the benchmark on a cluster with one server: relay, aggregator, database and brokers are the product's own
 * processes with its own settings, and this JVM is the writer, in a dialer's place, and the client. Used by one thread,
 * once.
 */
final class EventsBenchRunner {
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration TOPICS_LIMIT = Duration.ofMinutes(1);
    private static final Duration SETTLE_LIMIT = Duration.ofMinutes(3);
    private static final Duration SUSTAINED = Duration.ofSeconds(5);
    private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();
    private static final double HOUR_SECONDS = 3_600;
    private static final int SEED = 20_261_122;

    private final EventsBenchPlan plan;
    private final BenchOutput output;

    EventsBenchRunner(EventsBenchPlan plan, BenchOutput output) {
        this.plan = plan;
        this.output = output;
    }

    /** Returns the exit code: 0 where every event was in the log once and in order. */
    int run() {
        return new BenchRunner(output).run(this::passes);
    }

    private boolean passes() throws Exception {
        LocalCluster cluster = LocalCluster.at(plan.dir());
        try {
            cluster.down();
            cluster.wipe();
            output.say("starting a cluster of one server and " + plan.brokers() + " Kafka brokers in " + plan.dir());
            cluster.up(ClusterOptions.defaults().withServers(1).withKafka(plan.brokers()), line -> {});
            EventsReport report = measure(cluster);
            output.result(report.values(), report::text);
            return report.right();
        } finally {
            cluster.down();
        }
    }

    private EventsReport measure(LocalCluster cluster) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread named = new Thread(task, "bench-client");
            named.setDaemon(true);
            return named;
        });
        try (HikariDataSource pool = pool(cluster);
                Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.kafkaBootstrap()))) {
            awaitTopics(admin);
            LogReader reader = new LogReader(cluster.kafkaBootstrap());
            Future<LogSeen> reading = thread.submit(reader);
            Clock clock = Clock.systemUTC();
            SplittableRandom random = new SplittableRandom(SEED);
            EventLoad load = new EventLoad(new TimeOrderedIds(clock, random.split()), random);
            JdbcBenchOutboxStore outbox = new JdbcBenchOutboxStore(pool);
            EventWriter writer = new EventWriter(load, outbox, clock);
            return new Course(load, writer, outbox, reader, reading, new StoreSize(admin), clock).run();
        } finally {
            thread.shutdownNow();
        }
    }

    private static HikariDataSource pool(LocalCluster cluster) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(PostgresAccess.of(
                cluster.jdbcUrl(), cluster.databaseUser(), cluster.databasePassword(), "bench-events", 60));
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(2);
        return new HikariDataSource(config);
    }

    private static void awaitTopics(Admin admin) throws ExecutionException, InterruptedException {
        Set<String> wanted = new HashSet<>();
        Arrays.stream(EventType.values()).forEach(type -> wanted.add(type.topic(0)));
        long end = System.nanoTime() + TOPICS_LIMIT.toNanos();
        while (!admin.listTopics().names().get().containsAll(wanted)) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("after " + TOPICS_LIMIT.toSeconds() + " s there are no event topics");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** The windows, one after the other. */
    private final class Course {
        private double bytesAtRate;
        private final EventLoad load;
        private final EventWriter writer;
        private final JdbcBenchOutboxStore outbox;
        private final LogReader reader;
        private final Future<LogSeen> reading;
        private final StoreSize store;
        private final Clock clock;

        Course(
                EventLoad load,
                EventWriter writer,
                JdbcBenchOutboxStore outbox,
                LogReader reader,
                Future<LogSeen> reading,
                StoreSize store,
                Clock clock) {
            this.load = load;
            this.writer = writer;
            this.outbox = outbox;
            this.reader = reader;
            this.reading = reading;
            this.store = store;
            this.clock = clock;
        }

        EventsReport run() throws ExecutionException, InterruptedException {
            TopicFigure jobs = jobs();
            List<UUID> measured = latencies();
            List<TopicFigure> figures = new ArrayList<>(List.of(jobs));
            long attempts = atPomsLoad(figures);
            long drainFrom = backlog();
            reader.stop();
            LogSeen seen = reading.get();
            return new EventsReport(
                    plan,
                    latencies(measured, seen),
                    results(measured, seen),
                    Throughput.sustained(drainFrom, after(seen, drainFrom), SUSTAINED),
                    Throughput.whole(drainFrom, after(seen, drainFrom)),
                    figures,
                    attempts,
                    windowHours(),
                    bytesAtRate,
                    seen.missing(
                            writer.committed().keySet(), writer.completions().keySet()),
                    seen.duplicates(),
                    seen.outOfOrder());
        }

        private double windowHours() {
            return plan.seconds() / HOUR_SECONDS;
        }

        /** Jobs change their states so seldom that a window would show nothing: each job's beginning, once an hour. */
        private TopicFigure jobs() throws ExecutionException, InterruptedException {
            long before = bytesOf(EventType.JOB);
            List<CallistoEvent> events = load.jobsBegin(LoadShape.POM.jobs(), clock.instant());
            writer.writeOneByOne(events);
            settle();
            return new TopicFigure(EventType.JOB, events.size(), bytesOf(EventType.JOB) - before, 1);
        }

        private long bytesOf(EventType type) throws ExecutionException, InterruptedException {
            return Objects.requireNonNull(store.settled().get(type));
        }

        private List<UUID> latencies() throws ExecutionException, InterruptedException {
            output.say("warming up, then " + plan.rate() + " attempts/s for " + plan.seconds() + " s");
            writer.window(LoadShape.attempts(plan.rate()), WARM_UP);
            settle();
            long before = all(store.settled());
            long attempts = writer.window(LoadShape.attempts(plan.rate()), Duration.ofSeconds(plan.seconds()));
            List<UUID> measured = writer.measured();
            settle();
            bytesAtRate = (all(store.settled()) - before) / (double) Math.max(1, attempts);
            return measured;
        }

        private static long all(Map<EventType, Long> bytes) {
            return bytes.values().stream().mapToLong(Long::longValue).sum();
        }

        /** Adds the figures of the topics but JOB; returns the attempts of the window. */
        private long atPomsLoad(List<TopicFigure> figures) throws ExecutionException, InterruptedException {
            LoadShape shape = LoadShape.POM;
            output.say("POM's load for " + plan.seconds() + " s: " + shape.agents() + " agents, " + shape.jobs()
                    + " jobs, 67,000 attempts/h");
            writer.write(load.agentsLogIn(shape.agents(), clock.instant()));
            settle();
            Map<EventType, Long> bytes = store.settled();
            Map<EventType, Long> counts = reader.counts();
            long attempts = writer.window(shape, Duration.ofSeconds(plan.seconds()));
            settle();
            Map<EventType, Long> bytesThen = store.settled();
            Map<EventType, Long> countsThen = reader.counts();
            for (EventType type : EventType.values()) {
                if (type != EventType.JOB) {
                    figures.add(new TopicFigure(
                            type, grown(counts, countsThen, type), grown(bytes, bytesThen, type), windowHours()));
                }
            }
            return attempts;
        }

        private static long grown(Map<EventType, Long> before, Map<EventType, Long> after, EventType type) {
            return after.getOrDefault(type, 0L) - before.getOrDefault(type, 0L);
        }

        /** Returns when the backlog was there to be published. */
        private long backlog() throws ExecutionException, InterruptedException {
            output.say("a backlog of " + plan.backlog() + " events");
            // RESERVED to COMPLETED: five events each.
            long from = writer.write(load.backlog(plan.backlog() / 5, clock.instant()));
            settle();
            return from;
        }

        /** Waits until the client has all that was written and every result; what never comes is counted in the end. */
        private void settle() throws ExecutionException, InterruptedException {
            long end = System.nanoTime() + SETTLE_LIMIT.toNanos();
            while (!settled()) {
                if (reading.isDone()) {
                    reading.get();
                    throw new IllegalStateException("the client has stopped reading");
                }
                if (System.nanoTime() - end > 0) {
                    output.say("not everything has arrived after " + SETTLE_LIMIT.toSeconds() + " s; going on");
                    return;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }

        private boolean settled() {
            Map<EventType, Long> counts = reader.counts();
            long events = counts.values().stream().mapToLong(Long::longValue).sum()
                    - counts.getOrDefault(EventType.ENRICHEDATTEMPTRESULT, 0L);
            return events >= writer.committed().size()
                    && reader.attemptsWithResult() >= writer.completions().size()
                    && outbox.empty();
        }

        private Latencies latencies(List<UUID> measured, LogSeen seen) {
            return Latencies.of(measured.stream()
                    .filter(seen.arrivals()::containsKey)
                    .mapToLong(id -> nanos(seen.arrivals(), id) - nanos(writer.committed(), id)));
        }

        private Latencies results(List<UUID> measured, LogSeen seen) {
            Set<UUID> inWindow = new HashSet<>(measured);
            return Latencies.of(writer.completions().entrySet().stream()
                    .filter(end ->
                            inWindow.contains(end.getValue()) && seen.results().containsKey(end.getKey()))
                    .mapToLong(end -> nanos(seen.results(), end.getKey()) - nanos(writer.committed(), end.getValue())));
        }

        private static long nanos(Map<UUID, Long> times, UUID id) {
            return Objects.requireNonNull(times.get(id));
        }

        private static LongStream after(LogSeen seen, long from) {
            return seen.arrivals().values().stream().mapToLong(Long::longValue).filter(at -> at >= from);
        }
    }
}
