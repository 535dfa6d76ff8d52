package io.callisto.events.topics;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which organisations there are, and the report about their topics. Thread-safe. */
final class JdbcOrganisationStore {
    // One statement: readers see the old report or the new one. It is for people, so that it needs no fence: what a
    // keeper that was succeeded writes late is replaced at its successor's next look.
    private static final String REPORT = """
            with told as (
              select * from unnest(cast(:subjects as text[]), cast(:problems as text[])) as t(subject, problem)
            ), gone as (
              delete from event_topic_report r where not exists (select 1 from told t where t.subject = r.subject)
            )
            insert into event_topic_report (subject, problem) select subject, problem from told
            on conflict (subject) do update set problem = excluded.problem, reported_at = clock_timestamp()
            """;

    private final JdbcClient jdbc;

    JdbcOrganisationStore(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    Set<Integer> organisations() {
        return new HashSet<>(jdbc.sql("select organisation_id from organisation")
                .query(Integer.class)
                .list());
    }

    /** Organisations that existed and were deleted. */
    Set<Integer> deleted() {
        return new HashSet<>(jdbc.sql("""
                        select organisation_id from organisation_removed
                        except select organisation_id from organisation
                        """).query(Integer.class).list());
    }

    /** Organisations, existing or not, with events that are not published yet. */
    Set<Integer> waiting() {
        return new HashSet<>(jdbc.sql("select distinct organisation_id from event_outbox")
                .query(Integer.class)
                .list());
    }

    void report(Map<String, String> problems) {
        List<Map.Entry<String, String>> all = List.copyOf(problems.entrySet());
        jdbc.sql(REPORT)
                .param("subjects", all.stream().map(Map.Entry::getKey).toArray(String[]::new))
                .param("problems", all.stream().map(Map.Entry::getValue).toArray(String[]::new))
                .update();
    }
}
