package io.callisto.console.commands;

import io.callisto.console.sql.Columns;
import io.callisto.messaging.WakeUps;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Table {@code command}: this side inserts and reads, owners of scopes settle. Thread-safe. */
public final class JdbcCommandStore {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final WakeUps wakeUps;

    JdbcCommandStore(JdbcClient jdbc, JsonMapper json, WakeUps wakeUps) {
        this.jdbc = jdbc;
        this.json = json;
        this.wakeUps = wakeUps;
    }

    /** Leaves an order; the table's trigger wakes the owner, and a message does after the commit. */
    public long insert(String scope, String kind, Map<String, Object> payload, String requestedBy) {
        long id = jdbc.sql("""
                        insert into command (scope, kind, payload, requested_by)
                        values (:scope, :kind, cast(:payload as jsonb), :by) returning id
                        """)
                .param("scope", scope)
                .param("kind", kind)
                .param("payload", json.writeValueAsString(payload))
                .param("by", requestedBy)
                .query(Long.class)
                .single();
        wakeUps.wake(scope);
        return id;
    }

    /**
     * Reads an order about something of the organisation.
     *
     * @param anybodys whether orders that are about no organisation are shown too
     */
    Optional<Command> find(long id, int organisationId, boolean anybodys) {
        return jdbc.sql("""
                        select c.id, c.scope, c.kind, c.payload, c.state, c.result, c.requested_by, c.requested_at,
                          c.applied_at
                        from command c
                        left join job j on j.job_id = cast(c.payload ->> 'jobId' as bigint)
                        left join contact_import i on i.import_id = cast(c.payload ->> 'importId' as bigint)
                        left join contact_list l on l.contact_list_id = i.contact_list_id
                        where c.id = :id
                          and (coalesce(j.organisation_id, l.organisation_id) = :organisation
                               or (:anybodys and coalesce(j.organisation_id, l.organisation_id) is null))
                        """)
                .param("id", id)
                .param("organisation", organisationId)
                .param("anybodys", anybodys)
                .query((row, number) -> {
                    Map<String, Object> result = object(row.getString("result"));
                    Object refusal = result == null ? null : result.get("refused");
                    return new Command(
                            row.getLong("id"),
                            Columns.text(row, "scope"),
                            Columns.text(row, "kind"),
                            json.readValue(Columns.text(row, "payload"), OBJECT),
                            Columns.text(row, "state"),
                            refusal == null ? null : refusal.toString(),
                            result,
                            Columns.text(row, "requested_by"),
                            Columns.instant(row, "requested_at"),
                            Columns.instantOrNull(row, "applied_at"));
                })
                .optional();
    }

    private @Nullable Map<String, Object> object(@Nullable String text) {
        return text == null ? null : json.readValue(text, OBJECT);
    }
}
