package io.callisto.console.contacts;

import io.callisto.console.sql.Columns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Tables of imports, as far as they may be written before a director has one. Thread-safe. */
final class JdbcImportStore {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    JdbcImportStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** A queued import without its file: insert the parts in the same transaction. */
    long insert(int contactListId, String fileName, ImportOptions options, String requestedBy) {
        return jdbc.sql("""
                        insert into contact_import (contact_list_id, file_name, options, requested_by)
                        values (:list, :file, cast(:options as jsonb), :by) returning import_id
                        """)
                .param("list", contactListId)
                .param("file", fileName)
                .param("options", json.writeValueAsString(options))
                .param("by", requestedBy)
                .query(Long.class)
                .single();
    }

    void insertPart(long importId, int part, byte[] content) {
        jdbc.sql("insert into contact_import_file (import_id, part, content) values (:id, :part, :content)")
                .param("id", importId)
                .param("part", part)
                .param("content", content)
                .update();
    }

    /** Wakes the directors when the transaction commits; they also look by themselves. */
    void announce(long importId) {
        jdbc.sql("select pg_notify('callisto_import', :id)")
                .param("id", Long.toString(importId))
                .query((row, number) -> "")
                .list();
    }

    Optional<ContactImport> find(int organisationId, long importId) {
        return jdbc.sql("""
                        select i.import_id, i.contact_list_id, i.file_name, i.state, i.failure, i.rows_imported,
                          i.rows_updated,
                               i.rows_rejected, i.requested_by, i.requested_at, i.started_at, i.completed_at
                        from contact_import i join contact_list l using (contact_list_id)
                        where i.import_id = :id and l.organisation_id = :organisation
                        """)
                .param("id", importId)
                .param("organisation", organisationId)
                .query((row, number) -> new ContactImport(
                        row.getLong("import_id"),
                        row.getInt("contact_list_id"),
                        Columns.text(row, "file_name"),
                        Columns.text(row, "state"),
                        row.getString("failure"),
                        row.getLong("rows_imported"),
                        row.getLong("rows_updated"),
                        row.getLong("rows_rejected"),
                        Map.of(),
                        Columns.text(row, "requested_by"),
                        Columns.instant(row, "requested_at"),
                        Columns.instantOrNull(row, "started_at"),
                        Columns.instantOrNull(row, "completed_at")))
                .optional();
    }

    Map<String, Long> errorsByReason(long importId) {
        Map<String, Long> counts = new LinkedHashMap<>();
        jdbc.sql("""
                        select reason, count(*) as rows from contact_import_error
                        where import_id = :id group by reason order by reason
                        """)
                .param("id", importId)
                .query((row, number) -> Map.entry(Columns.text(row, "reason"), row.getLong("rows")))
                .list()
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    /** The errors after a line, at most one more than {@code limit}. */
    List<ImportError> errors(long importId, long afterLine, int limit) {
        return jdbc.sql("""
                        select line, reason, detail from contact_import_error
                        where import_id = :id and line > :after order by line limit :rows
                        """)
                .param("id", importId)
                .param("after", afterLine)
                .param("rows", limit + 1)
                .query((row, number) ->
                        new ImportError(row.getLong("line"), Columns.text(row, "reason"), Columns.text(row, "detail")))
                .list();
    }

    /** The zone whose director runs the import. */
    int zoneOf(long importId) {
        return jdbc.sql("""
                        select l.zone_id from contact_import i join contact_list l using (contact_list_id)
                        where i.import_id = :id
                        """).param("id", importId).query(Integer.class).single();
    }
}
