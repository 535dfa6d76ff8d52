package io.callisto.console.eventstream;

import io.callisto.console.sql.Columns;
import io.callisto.outbox.kafka.JdbcProducerSettingsStore;
import io.callisto.outbox.kafka.ProducerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the event stream tells in the database, and the settings of its producers. Thread-safe. */
final class JdbcEventStreamStore {
    private static final String OUTBOX = """
            select outbox_rows, oldest_seconds, late_since, full_since, nullif(measured_at, '-infinity') as measured_at,
                   measured_at > clock_timestamp() - interval '15 seconds' as measured
            from event_backlog
            """;

    private static final String INSERT = """
            insert into pim_kafka_producer_config (profile, name, value)
            select * from unnest(cast(:profiles as text[]), cast(:names as text[]), cast(:values as text[]))
            """;

    private static final String ACTIVATE = """
            insert into pim_config (name, value, description, changed_at, changed_by)
            values (:name, :profile, 'Profile of pim_kafka_producer_config that the event producers use.',
                    clock_timestamp(), :by)
            on conflict (name) do update
              set value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by
            """;

    private final JdbcClient jdbc;

    JdbcEventStreamStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    EventStreamState state() {
        EventStreamState.Outbox outbox = jdbc.sql(OUTBOX)
                .query((row, number) -> new EventStreamState.Outbox(
                        row.getLong("outbox_rows"),
                        row.getDouble("oldest_seconds"),
                        row.getObject("late_since") != null,
                        Columns.instantOrNull(row, "late_since"),
                        row.getObject("full_since") != null,
                        Columns.instantOrNull(row, "full_since"),
                        Columns.instantOrNull(row, "measured_at"),
                        row.getBoolean("measured")))
                .single();
        long quarantined = jdbc.sql("select count(*) from event_outbox_quarantine")
                .query(Long.class)
                .single();
        List<EventStreamState.TopicProblem> problems = jdbc.sql(
                        "select subject, problem, reported_at from event_topic_report order by subject")
                .query((row, number) -> new EventStreamState.TopicProblem(
                        Columns.text(row, "subject"),
                        Columns.text(row, "problem"),
                        Columns.instant(row, "reported_at")))
                .list();
        return EventStreamState.of(outbox, quarantined, problems);
    }

    ProducerProfiles profiles() {
        String active = jdbc.sql("select value from pim_config where name = :name")
                .param("name", JdbcProducerSettingsStore.PROFILE_NAME)
                .query(String.class)
                .optional()
                .orElse(ProducerSettings.SAFE_FAST.profile());
        Map<String, Map<String, String>> profiles = new TreeMap<>();
        jdbc.sql("select profile, name, value from pim_kafka_producer_config order by profile, name")
                .query(row -> {
                    profiles.computeIfAbsent(row.getString("profile"), profile -> new TreeMap<>())
                            .put(row.getString("name"), row.getString("value"));
                });
        return new ProducerProfiles(active, profiles);
    }

    /** Belongs into a transaction; whoever else replaces them waits for its end. */
    void replace(ProducerProfiles wanted, String by) {
        jdbc.sql(ACTIVATE)
                .param("name", JdbcProducerSettingsStore.PROFILE_NAME)
                .param("profile", wanted.activeProfile())
                .param("by", by)
                .update();
        jdbc.sql("delete from pim_kafka_producer_config").update();
        List<String> profiles = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        wanted.profiles()
                .forEach((profile, settings) -> settings.forEach((name, value) -> {
                    profiles.add(profile);
                    names.add(name);
                    values.add(value);
                }));
        jdbc.sql(INSERT)
                .param("profiles", profiles.toArray(String[]::new))
                .param("names", names.toArray(String[]::new))
                .param("values", values.toArray(String[]::new))
                .update();
    }
}
