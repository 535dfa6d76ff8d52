package io.callisto.director.imports;

import io.callisto.domain.ContactListId;
import io.callisto.domain.ImportId;
import io.callisto.domain.InvariantBroken;
import io.callisto.domain.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Tables {@code contact_import}, {@code contact_import_file} and {@code contact_import_error}. Thread-safe. */
final class JdbcImportStore {
    private static final String OLDEST = """
            select i.import_id, i.contact_list_id, i.options, i.state = 'RUNNING' as running, i.cursor_rows
              from contact_import i join contact_list l using (contact_list_id)
             where i.state in ('QUEUED', 'RUNNING') and l.zone_id = :zone
             order by i.import_id
             limit 1
            """;
    private static final String STATE = """
            select i.state from contact_import i join contact_list l using (contact_list_id)
             where i.import_id = :import and l.zone_id = :zone
            """;
    private static final String BEGIN = """
            update contact_import set state = 'RUNNING', started_at = clock_timestamp(), version = version + 1
             where import_id = :import and state = 'QUEUED'
            """;
    private static final String ADVANCE = """
            update contact_import set cursor_rows = cursor_rows + :rows, rows_imported = rows_imported + :imported,
                   rows_updated = rows_updated + :updated, rows_rejected = rows_rejected + :rejected
             where import_id = :import and state = 'RUNNING' and cursor_rows = :cursor
            """;
    private static final String END = """
            update contact_import set state = :state, failure = :failure, completed_at = clock_timestamp(),
                   version = version + 1
             where import_id = :import and state in ('QUEUED', 'RUNNING')
            """;
    // The file holds personal data and is of no use once the import has ended.
    private static final String FORGET_FILE = """
            delete from contact_import_file where import_id = :import
            """;
    private static final String PART = """
            select part, content from contact_import_file where import_id = :import
             and part > :part order by part limit 1
            """;
    private static final String ERRORS = """
            insert into contact_import_error (import_id, line, reason, detail)
            select :import, e.line, e.reason, e.detail
              from unnest(cast(:lines as bigint[]), cast(:reasons as text[]), cast(:details as text[]))
                as e(line, reason, detail)
            """;

    private final JsonMapper json = JsonMapper.builder().build();

    /** The zone's import that is to be worked on. */
    Optional<ContactImport> oldest(JdbcClient jdbc, ZoneId zone) {
        return jdbc.sql(OLDEST)
                .param("zone", zone.value())
                .query((row, number) -> new ContactImport(
                        new ImportId(row.getLong("import_id")),
                        new ContactListId(row.getInt("contact_list_id")),
                        json.readTree(row.getString("options")),
                        row.getBoolean("running"),
                        row.getLong("cursor_rows")))
                .optional();
    }

    /** State of an import; empty where the zone has no such import. */
    Optional<String> state(JdbcClient jdbc, ImportId id, ZoneId zone) {
        return jdbc.sql(STATE)
                .param("import", id.value())
                .param("zone", zone.value())
                .query(String.class)
                .optional();
    }

    void begin(JdbcClient jdbc, ImportId id) {
        requireOne(jdbc.sql(BEGIN).param("import", id.value()).update(), id);
    }

    /** Counts a chunk and moves the cursor, which must still stand where the chunk began. */
    void advance(JdbcClient jdbc, ImportId id, long cursor, ChunkResult result) {
        requireOne(
                jdbc.sql(ADVANCE)
                        .param("rows", result.rows())
                        .param("imported", result.imported())
                        .param("updated", result.updated())
                        .param("rejected", result.rejected())
                        .param("import", id.value())
                        .param("cursor", cursor)
                        .update(),
                id);
    }

    /**
     * Ends an import.
     *
     * @param state COMPLETED, FAILED or CANCELLED
     * @param failure with FAILED only
     */
    void end(JdbcClient jdbc, ImportId id, String state, @Nullable String failure) {
        requireOne(
                jdbc.sql(END)
                        .param("state", state)
                        .param("failure", failure)
                        .param("import", id.value())
                        .update(),
                id);
        jdbc.sql(FORGET_FILE).param("import", id.value()).update();
    }

    /** The part of the file with the lowest number above {@code part}. */
    Optional<PartsStream.Part> partAfter(JdbcClient jdbc, ImportId id, int part) {
        return jdbc.sql(PART)
                .param("import", id.value())
                .param("part", part)
                .query((row, number) -> new PartsStream.Part(row.getInt("part"), row.getBytes("content")))
                .optional();
    }

    void errors(JdbcClient jdbc, ImportId id, List<RowError> errors) {
        if (errors.isEmpty()) {
            return;
        }
        jdbc.sql(ERRORS)
                .param("import", id.value())
                .param("lines", errors.stream().mapToLong(RowError::line).toArray())
                .param(
                        "reasons",
                        errors.stream().map(error -> error.problem().name()).toArray(String[]::new))
                .param("details", errors.stream().map(RowError::detail).toArray(String[]::new))
                .update();
    }

    private static void requireOne(int written, ImportId id) {
        if (written != 1) {
            throw new InvariantBroken("INV-1", "import " + id + " was moved by somebody else");
        }
    }
}
