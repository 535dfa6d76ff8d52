package io.callisto.console.audit;

import io.callisto.console.sql.Columns;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Table {@code audit_entry}. Thread-safe. */
final class JdbcAuditStore {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JdbcAuditStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void insert(String user, @Nullable Integer organisation, Change change) {
        jdbc.sql("""
                        insert into audit_entry (user_name, organisation_id, action, target, detail)
                        values (:user, cast(:organisation as integer), :action, :target, cast(:detail as jsonb))
                        """)
                .param("user", user)
                .param("organisation", organisation)
                .param("action", change.action())
                .param("target", change.target())
                .param("detail", json.writeValueAsString(change.detail()))
                .update();
    }

    /**
     * Entries below an id, newest first.
     *
     * @param organisation null: of all organisations, and of none
     * @param user null: of whomever
     * @param target null: about whatever; else this thing and what is below it
     */
    List<AuditEntry> before(
            long id, int limit, @Nullable Integer organisation, @Nullable String user, @Nullable String target) {
        return jdbc.sql("""
                        select audit_id, at, user_name, organisation_id, action, target, detail from audit_entry
                         where audit_id < :id
                           and (cast(:organisation as integer) is null or organisation_id = :organisation)
                           and (cast(:user as text) is null or user_name = :user)
                           and (cast(:target as text) is null or target = :target
                                or starts_with(target, cast(:target as text) || '/'))
                         order by audit_id desc limit :limit
                        """)
                .param("id", id)
                .param("organisation", organisation)
                .param("user", user)
                .param("target", target)
                .param("limit", limit + 1)
                .query((row, number) -> new AuditEntry(
                        row.getLong("audit_id"),
                        Columns.instant(row, "at"),
                        Columns.text(row, "user_name"),
                        Columns.integerOrNull(row, "organisation_id"),
                        Columns.text(row, "action"),
                        Columns.text(row, "target"),
                        json.readValue(Columns.text(row, "detail"), OBJECT)))
                .list();
    }
}
