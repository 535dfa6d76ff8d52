package io.callisto.events.aggregate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a shard keeps of attempts, agents and jobs; always in its owner's transaction. Thread-safe. */
final class JdbcCardStore {
    private static final String COLUMNS = """
            select c.attempt_id, c.organisation_id, c.dossier, c.issued_seq, c.issued, c.unnamed, c.waiting_since,
                   c.due_at, c.delete_at
              from aggregator_attempt c
            """;
    private static final String LOAD = COLUMNS + " where c.shard = :shard and c.attempt_id = any(cast(:ids as uuid[]))";
    private static final String DUE = COLUMNS + """
             where c.shard = :shard and c.due_at is not null and c.due_at <= cast(:now as timestamptz)
             order by c.due_at limit :limit
            """;
    private static final String NAMED = COLUMNS + """
              join aggregator_job j on j.shard = c.shard and j.job_id = c.job_id
             where c.shard = :shard and c.unnamed limit :limit
            """;
    private static final String ANYTHING = """
            select exists (select 1 from aggregator_attempt
                            where shard = :shard and due_at is not null and due_at <= clock_timestamp())
                or exists (select 1 from aggregator_attempt c
                             join aggregator_job j on j.shard = c.shard and j.job_id = c.job_id
                            where c.shard = :shard and c.unnamed)
            """;
    private static final String SAVE = """
            insert into aggregator_attempt (shard, attempt_id, organisation_id, job_id, dossier, issued_seq, issued,
                                            unnamed, waiting_since, due_at, delete_at)
            select :shard, c.* from unnest(
                     cast(:ids as uuid[]), cast(:organisations as integer[]), cast(:jobs as bigint[]),
                     cast(:dossiers as text[]), cast(:seqs as integer[]), cast(:issued as text[]),
                     cast(:unnamed as boolean[]), cast(:since as timestamptz[]), cast(:due as timestamptz[]),
                     cast(:delete as timestamptz[])) as c
            on conflict (shard, attempt_id) do update
               set organisation_id = excluded.organisation_id, job_id = excluded.job_id, dossier = excluded.dossier,
                   issued_seq = excluded.issued_seq, issued = excluded.issued, unnamed = excluded.unnamed,
                   waiting_since = excluded.waiting_since, due_at = excluded.due_at, delete_at = excluded.delete_at
            """;
    private static final String DESKS = """
            select a.organisation_id, a.agent_id, a.seq, a.at, a.attempt_id
              from unnest(cast(:organisations as integer[]), cast(:agents as text[])) as k(organisation_id, agent_id)
              join aggregator_agent a
                on a.shard = :shard and a.organisation_id = k.organisation_id and a.agent_id = k.agent_id
            """;
    private static final String SAVE_DESKS = """
            insert into aggregator_agent (shard, organisation_id, agent_id, seq, at, attempt_id)
            select :shard, a.* from unnest(cast(:organisations as integer[]), cast(:agents as text[]),
                                           cast(:seqs as integer[]), cast(:times as timestamptz[]),
                                           cast(:attempts as uuid[])) as a
            on conflict (shard, organisation_id, agent_id) do update
               set seq = excluded.seq, at = excluded.at, attempt_id = excluded.attempt_id,
                   touched_at = clock_timestamp()
            """;
    private static final String NAMES = """
            select job_id, campaign_name from aggregator_job
             where shard = :shard and job_id = any(cast(:ids as bigint[]))
            """;
    private static final String SAVE_NAMES = """
            insert into aggregator_job (shard, job_id, organisation_id, campaign_name, ended_at)
            select :shard, j.* from unnest(cast(:ids as bigint[]), cast(:organisations as integer[]),
                                           cast(:names as text[]), cast(:ended as timestamptz[])) as j
            on conflict (shard, job_id) do update
               set campaign_name = excluded.campaign_name,
                   ended_at = coalesce(excluded.ended_at, aggregator_job.ended_at)
            """;
    private static final String SEED = """
            insert into aggregator_attempt as c (shard, attempt_id, organisation_id, dossier, issued_seq, issued,
                                                 delete_at)
            select :shard, s.id, s.organisation, '{}', s.seq, s.issued,
                   clock_timestamp() + cast(:keepSeconds as bigint) * interval '1 second'
              from unnest(cast(:ids as uuid[]), cast(:organisations as integer[]), cast(:seqs as integer[]),
                          cast(:issued as text[])) as s(id, organisation, seq, issued)
            on conflict (shard, attempt_id) do update
               set issued_seq = excluded.issued_seq, issued = excluded.issued
             where c.issued_seq < excluded.issued_seq
            """;

    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();
    private final int shard;

    JdbcCardStore(int shard) {
        this.shard = shard;
    }

    Map<UUID, Card> load(JdbcClient jdbc, Collection<UUID> attempts) {
        if (attempts.isEmpty()) {
            return Map.of();
        }
        return byId(jdbc.sql(LOAD)
                .param("shard", shard)
                .param("ids", texts(attempts, UUID::toString))
                .query((row, line) -> card(row))
                .list());
    }

    /** Those that are to be looked at by now, the oldest first. */
    Map<UUID, Card> due(JdbcClient jdbc, Instant now, int limit) {
        return byId(jdbc.sql(DUE)
                .param("shard", shard)
                .param("now", now.toString())
                .param("limit", limit)
                .query((row, line) -> card(row))
                .list());
    }

    /** Those whose campaign's name is known now and was not. */
    Map<UUID, Card> named(JdbcClient jdbc, int limit) {
        return byId(jdbc.sql(NAMED)
                .param("shard", shard)
                .param("limit", limit)
                .query((row, line) -> card(row))
                .list());
    }

    /** Whether {@link #due} or {@link #named} would find anything; needs no transaction. */
    boolean anything(JdbcClient jdbc) {
        return jdbc.sql(ANYTHING).param("shard", shard).query(Boolean.class).single();
    }

    private static Map<UUID, Card> byId(List<Card> cards) {
        Map<UUID, Card> byId = new HashMap<>();
        cards.forEach(card -> byId.put(card.attemptId(), card));
        return byId;
    }

    private Card card(ResultSet row) throws SQLException {
        String issued = row.getString("issued");
        return new Card(
                row.getObject("attempt_id", UUID.class),
                row.getInt("organisation_id"),
                json.readValue(row.getString("dossier"), Dossier.class),
                row.getInt("issued_seq"),
                issued == null ? null : json.readValue(issued, Issued.class),
                row.getBoolean("unnamed"),
                instant(row, "waiting_since"),
                instant(row, "due_at"),
                instant(row, "delete_at"));
    }

    void save(JdbcClient jdbc, Collection<Card> cards) {
        if (cards.isEmpty()) {
            return;
        }
        jdbc.sql(SAVE)
                .param("shard", shard)
                .param("ids", texts(cards, card -> card.attemptId().toString()))
                .param(
                        "organisations",
                        cards.stream().mapToInt(Card::organisationId).toArray())
                .param("jobs", texts(cards, card -> text(card.jobId())))
                .param("dossiers", texts(cards, card -> json.writeValueAsString(card.dossier())))
                .param("seqs", cards.stream().mapToInt(Card::issuedSeq).toArray())
                .param("issued", texts(cards, this::issued))
                .param("unnamed", texts(cards, card -> Boolean.toString(card.unnamed())))
                .param("since", texts(cards, card -> text(card.waitingSince())))
                .param("due", texts(cards, card -> text(card.dueAt())))
                .param("delete", texts(cards, card -> text(card.deleteAt())))
                .update();
    }

    private @Nullable String issued(Card card) {
        return card.issued() == null ? null : json.writeValueAsString(card.issued());
    }

    Map<AgentKey, AgentDesk> desks(JdbcClient jdbc, Collection<AgentKey> agents) {
        Map<AgentKey, AgentDesk> desks = new HashMap<>();
        if (agents.isEmpty()) {
            return desks;
        }
        jdbc.sql(DESKS)
                .param("shard", shard)
                .param(
                        "organisations",
                        agents.stream().mapToInt(AgentKey::organisationId).toArray())
                .param("agents", texts(agents, AgentKey::agentId))
                .query((row, line) -> new AgentDesk(
                        row.getInt("organisation_id"),
                        row.getString("agent_id"),
                        row.getInt("seq"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getObject("attempt_id", UUID.class)))
                .list()
                .forEach(desk -> desks.put(AgentKey.of(desk), desk));
        return desks;
    }

    void saveDesks(JdbcClient jdbc, Collection<AgentDesk> desks) {
        if (desks.isEmpty()) {
            return;
        }
        jdbc.sql(SAVE_DESKS)
                .param("shard", shard)
                .param(
                        "organisations",
                        desks.stream().mapToInt(AgentDesk::organisationId).toArray())
                .param("agents", texts(desks, AgentDesk::agentId))
                .param("seqs", desks.stream().mapToInt(AgentDesk::seq).toArray())
                .param("times", texts(desks, desk -> desk.at().toString()))
                .param("attempts", texts(desks, desk -> text(desk.attemptId())))
                .update();
    }

    Map<Long, String> names(JdbcClient jdbc, Collection<Long> jobs) {
        Map<Long, String> names = new HashMap<>();
        if (jobs.isEmpty()) {
            return names;
        }
        jdbc.sql(NAMES)
                .param("shard", shard)
                .param("ids", jobs.stream().mapToLong(Long::longValue).toArray())
                .query(row -> {
                    names.put(row.getLong("job_id"), row.getString("campaign_name"));
                });
        return names;
    }

    void saveNames(JdbcClient jdbc, Collection<JobName> jobs) {
        if (jobs.isEmpty()) {
            return;
        }
        jdbc.sql(SAVE_NAMES)
                .param("shard", shard)
                .param("ids", jobs.stream().mapToLong(JobName::jobId).toArray())
                .param(
                        "organisations",
                        jobs.stream().mapToInt(JobName::organisationId).toArray())
                .param("names", texts(jobs, JobName::campaignName))
                .param("ended", texts(jobs, job -> text(job.endedAt())))
                .update();
    }

    /** Notes results that exist; the newest of an attempt counts. Each attempt at most once in a call. */
    void seed(JdbcClient jdbc, Collection<Card> seeds, long keepSeconds) {
        if (seeds.isEmpty()) {
            return;
        }
        jdbc.sql(SEED)
                .param("shard", shard)
                .param("ids", texts(seeds, card -> card.attemptId().toString()))
                .param(
                        "organisations",
                        seeds.stream().mapToInt(Card::organisationId).toArray())
                .param("seqs", seeds.stream().mapToInt(Card::issuedSeq).toArray())
                .param("issued", texts(seeds, this::issued))
                .param("keepSeconds", keepSeconds)
                .update();
    }

    private static <T> String[] texts(Collection<T> values, Function<T, @Nullable String> field) {
        return values.stream().map(field).toArray(String[]::new);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
