package io.callisto.benchmarks.events;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured, as JSON values and as text. Pure.
 *
 * @param commitToClient from the return of an event's commit to a client that has it
 * @param commitToResult from the commit of an attempt's end to a client that has its result
 * @param sustained events a second that a client got from a backlog, the best five seconds
 * @param whole the same over the whole backlog
 * @param topics at POM's load
 * @param attempts that the topics' figures are of
 * @param attemptHours of POM's load that these attempts stand for
 * @param bytesAtRate per attempt in the window in which latencies were measured: more at a time, and no agents
 */
record EventsReport(
        EventsBenchPlan plan,
        Latencies commitToClient,
        Latencies commitToResult,
        double sustained,
        double whole,
        List<TopicFigure> topics,
        long attempts,
        double attemptHours,
        double bytesAtRate,
        long missing,
        long duplicates,
        long outOfOrder) {
    private static final double GOAL_MILLIS = 250;
    private static final double GOAL_EVENTS = 5_000;
    private static final double GOAL_BYTES = 3_000;
    /** One server's kafka-store directory, as the manual measures it: 27 GB for 1,707,069 attempts. */
    private static final int POM_BYTES = 15_800;

    EventsReport {
        topics = List.copyOf(topics);
    }

    /** Whether every event was there once and in order; figures are for people to judge. */
    boolean right() {
        return missing == 0 && duplicates == 0 && outOfOrder == 0;
    }

    double bytesPerAttempt() {
        double perHour = topics.stream().mapToDouble(TopicFigure::bytesPerHour).sum();
        return attempts == 0 ? 0 : perHour * attemptHours / attempts;
    }

    /** What POM measured: one server's store, which has a copy of everything where there are as many as replicas. */
    double bytesPerAttemptPerStore() {
        return bytesPerAttempt() / plan.brokers();
    }

    int replicas() {
        return Math.min(3, plan.brokers());
    }

    /** For JSON. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("bench", "events");
        values.put("rate", plan.rate());
        values.put("seconds", plan.seconds());
        values.put("brokers", plan.brokers());
        values.put("replicas", replicas());
        values.put("commitToClientMs", commitToClient.values());
        values.put("commitToResultMs", commitToResult.values());
        values.put("eventsPerSecond", round(sustained));
        values.put("eventsPerSecondOfTheWhole", round(whole));
        values.put("backlog", plan.backlog());
        values.put("bytesPerAttempt", round(bytesPerAttempt()));
        values.put("bytesPerAttemptPerStore", round(bytesPerAttemptPerStore()));
        values.put("bytesPerAttemptAtRate", round(bytesAtRate));
        values.put("attempts", attempts);
        Map<String, Object> perTopic = new LinkedHashMap<>();
        topics.forEach(topic -> perTopic.put(topic.type().name(), values(topic)));
        values.put("perTopic", perTopic);
        values.put("missing", missing);
        values.put("duplicates", duplicates);
        values.put("outOfOrder", outOfOrder);
        return values;
    }

    private static Map<String, Object> values(TopicFigure topic) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("events", topic.events());
        values.put("bytes", topic.bytes());
        values.put("bytesPerEvent", round(topic.bytesPerEvent()));
        values.put("mbPerHour", round(topic.megabytesPerHour()));
        values.put("pomMbPerHour", TopicFigure.pomMegabytesPerHour(topic.type()));
        return values;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        line(text, "");
        line(
                text,
                "commit to client   p50 %.1f ms, p99 %.1f ms, max %.1f ms (%d events, %d attempts/s; p99 %s %.0f ms)",
                commitToClient.millis(50),
                commitToClient.millis(99),
                commitToClient.millis(100),
                commitToClient.count(),
                plan.rate(),
                goal(commitToClient.millis(99) < GOAL_MILLIS, "<"),
                GOAL_MILLIS);
        line(
                text,
                "commit to result   p50 %.1f ms, p99 %.1f ms (the attempt's end, read, joined and published)",
                commitToResult.millis(50),
                commitToResult.millis(99));
        line(
                text,
                "relay              %.0f events/s for five seconds, %.0f over a backlog of %d (%s %.0f)",
                sustained,
                whole,
                plan.backlog(),
                goal(sustained >= GOAL_EVENTS, ">="),
                GOAL_EVENTS);
        line(
                text,
                "store              %.0f bytes per attempt in each broker's store at POM's load (%s %.0f; POM %d),"
                        + " %.0f in all stores with %d replicas, %d attempts; %.0f at %d attempts/s without agents",
                bytesPerAttemptPerStore(),
                goal(bytesPerAttemptPerStore() <= GOAL_BYTES, "<="),
                GOAL_BYTES,
                POM_BYTES,
                bytesPerAttempt(),
                replicas(),
                attempts,
                bytesAtRate,
                plan.rate());
        line(text, "in the log         %d missing, %d twice, %d out of order", missing, duplicates, outOfOrder);
        table(text);
        return text.toString();
    }

    private void table(StringBuilder text) {
        line(text, "");
        line(text, "| topic | events | bytes, all replicas | bytes/event | MB/h at POM's load | POM's MB/h |");
        line(text, "| --- | ---: | ---: | ---: | ---: | ---: |");
        for (TopicFigure topic : topics) {
            line(
                    text,
                    "| %s | %d | %d | %.0f | %.1f | %.0f |",
                    topic.type(),
                    topic.events(),
                    topic.bytes(),
                    topic.bytesPerEvent(),
                    topic.megabytesPerHour(),
                    TopicFigure.pomMegabytesPerHour(topic.type()));
        }
        line(
                text,
                "| all six | %d | %d | | %.1f | %.0f |",
                topics.stream().mapToLong(TopicFigure::events).sum(),
                topics.stream().mapToLong(TopicFigure::bytes).sum(),
                topics.stream().mapToDouble(TopicFigure::megabytesPerHour).sum(),
                topics.stream()
                        .mapToDouble(topic -> TopicFigure.pomMegabytesPerHour(topic.type()))
                        .sum());
    }

    private static String goal(boolean met, String relation) {
        return (met ? "goal met: " : "GOAL MISSED: ") + relation;
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }

    /** To one decimal. */
    static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
