package io.callisto.server.kafkaha;

import io.callisto.event.contract.EventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How much disk and network the event stream needs (EV-10). A pure function. MB are 10^6 bytes, as POM prints them. */
public final class Sizing {
    private static final double MEGA = 1e6;

    /** Most events of one transaction: callisto.events.batch-rows. */
    private static final int BATCH_ROWS = 2_000;

    private Sizing() {}

    /**
     * One topic of one organisation that has all the load.
     *
     * @param topic type of its events
     * @param eventsPerHour how many
     * @param megabytesPerHour of all replicas
     * @param retainedGigabytes of all replicas, when the retention is full
     * @param pomPublished MB per hour as POM's manual prints it for its sample run
     * @param pomScaled the same, scaled to this load
     */
    public record Topic(
            String topic,
            double eventsPerHour,
            double megabytesPerHour,
            double retainedGigabytes,
            double pomPublished,
            double pomScaled) {}

    /**
     * The answer.
     *
     * @param topics the six
     * @param megabytesPerHour of all replicas
     * @param retainedGigabytes of all replicas, when the retention is full
     * @param bytesPerAttempt of all topics and replicas
     * @param pomMegabytesPerHour POM's topics, scaled to this load
     * @param pomBytesPerAttempt the same by attempt
     * @param diskPerBrokerGigabytes with headroom, and with the segment that is still written to
     * @param inPerBrokerMegabits records that come to a broker from producers and other brokers
     * @param outPerBrokerMegabits records that leave it for other brokers and consumers
     */
    public record Result(
            List<Topic> topics,
            double megabytesPerHour,
            double retainedGigabytes,
            double bytesPerAttempt,
            double pomMegabytesPerHour,
            double pomBytesPerAttempt,
            double diskPerBrokerGigabytes,
            double inPerBrokerMegabits,
            double outPerBrokerMegabits) {
        public Result {
            topics = List.copyOf(topics);
        }
    }

    /** Answers. */
    public static Result of(SizingInput input) {
        double hours = input.retention().toMillis() / 3_600_000.0;
        List<Topic> topics = new ArrayList<>();
        for (EventType type : EventType.values()) {
            double events = eventsPerHour(type, input);
            double bytes = switch (type) {
                case AGENTSTATISTICS, JOBSTATISTICS -> told(type, events, ticks(input));
                case JOB, AGENT, ATTEMPT, ENRICHEDATTEMPTRESULT -> storedPerHour(type, events, input.window());
            };
            double megabytes = bytes * input.replication() / MEGA;
            topics.add(new Topic(
                    type.name(),
                    events,
                    megabytes,
                    megabytes * hours / 1_000,
                    PublishedSizes.megabytesPerHour(type),
                    PublishedSizes.scaled(type, input)));
        }
        double megabytes = topics.stream().mapToDouble(Topic::megabytesPerHour).sum();
        double pom = topics.stream().mapToDouble(Topic::pomScaled).sum();
        double retained = megabytes * hours / 1_000;
        double oneCopyMegabits = megabytes / input.replication() * 8 / 3_600;
        double share = 1.0 / input.brokers();
        return new Result(
                topics,
                megabytes,
                retained,
                perAttempt(megabytes, input),
                pom,
                perAttempt(pom, input),
                (retained + openSegments(input)) * share / (1 - input.headroom()),
                oneCopyMegabits * input.replication() * share,
                oneCopyMegabits * (input.replication() - 1 + input.consumers()) * share);
    }

    private static double perAttempt(double megabytesPerHour, SizingInput input) {
        return input.attemptsPerHour() == 0 ? 0 : megabytesPerHour * MEGA / input.attemptsPerHour();
    }

    /** A segment is deleted as a whole, so that each partition may hold one more than the retention says. */
    private static double openSegments(SizingInput input) {
        return EventType.values().length * input.replication() * 268.435456 / 1_000;
    }

    private static double ticks(SizingInput input) {
        return 3_600_000.0 / input.statistics().toMillis();
    }

    private static double eventsPerHour(EventType type, SizingInput input) {
        double ticks = ticks(input);
        return switch (type) {
            case ATTEMPT -> input.attemptsPerHour() * input.eventsPerAttempt();
            case ENRICHEDATTEMPTRESULT -> input.attemptsPerHour();
            case AGENT -> input.agents() * input.agentEventsPerHour();
            case AGENTSTATISTICS -> input.agents() * ticks;
            case JOB -> input.jobs() * input.jobEventsPerHour();
            case JOBSTATISTICS -> input.jobs() * ticks;
        };
    }

    /** Bytes of one copy of statistics, which are told of everybody at once: few and large transactions. */
    private static double told(EventType type, double eventsPerHour, double ticks) {
        EventSizes size = EventSizes.of(type);
        double batches = Math.min(eventsPerHour, Math.max(ticks, eventsPerHour / BATCH_ROWS));
        return batches * (size.batchBytes() + EventSizes.MARKER_BYTES) + eventsPerHour * size.eventBytes();
    }

    /** Bytes of one copy: the fewer events a transaction finds, the more each of them costs. */
    static double storedPerHour(EventType type, double eventsPerHour, Duration window) {
        EventSizes size = EventSizes.of(type);
        double seconds = window.toMillis() / 1_000.0;
        double perWindow = eventsPerHour / 3_600 * seconds;
        // Windows that have an event at all, when events come at random.
        double batches = (1 - Math.exp(-perWindow)) / seconds * 3_600;
        return batches * (size.batchBytes() + EventSizes.MARKER_BYTES) + eventsPerHour * size.eventBytes();
    }
}
