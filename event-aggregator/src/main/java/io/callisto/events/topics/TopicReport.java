package io.callisto.events.topics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;

/** What is wrong with the topics: for operators, by table {@code event_topic_report} and a metric. Thread-safe. */
final class TopicReport {
    private static final String METRIC = "callisto.events.topics.problems";

    private final JdbcOrganisationStore store;
    private volatile Map<String, String> shown = Map.of();

    /** Whether the table may hold what somebody else found. */
    private volatile boolean foreign = true;

    TopicReport(JdbcOrganisationStore store, MeterRegistry registry) {
        this.store = store;
        // A service that was stopped and started again in this JVM would go on showing its first incarnation's value.
        registry.find(METRIC).meters().forEach(registry::remove);
        Gauge.builder(METRIC, () -> shown.size())
                .description("Topics that could not be created, or have other settings than they should; by the owner"
                        + " of outbox/0")
                .register(registry);
    }

    /** Whether that was not shown before. */
    boolean isNew(String subject, String problem) {
        return !problem.equals(shown.get(subject));
    }

    /** Replaces what is shown. */
    void show(Map<String, String> problems) {
        if (foreign || !problems.equals(shown)) {
            store.report(problems);
            foreign = false;
            shown = Map.copyOf(problems);
        }
    }

    /** Another server keeps the topics now. */
    void end() {
        foreign = true;
        shown = Map.of();
    }
}
