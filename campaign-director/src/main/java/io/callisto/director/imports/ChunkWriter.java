package io.callisto.director.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes a chunk of an import inside the caller's fenced transaction. Thread-safe. */
final class ChunkWriter {
    private static final String TWICE_IN_FILE = "the user contact id occurs earlier in this file";
    private static final String IN_LIST =
            "the list has a contact with this user contact id; option updateExisting updates it";

    private final JdbcImportStore imports;
    private final JdbcContactStore contacts;

    ChunkWriter(JdbcImportStore imports, JdbcContactStore contacts) {
        this.imports = imports;
        this.contacts = contacts;
    }

    /**
     * Contacts, errors, counters and cursor together.
     *
     * @param verdicts of the rows after {@code cursor}, in order
     */
    ChunkResult write(
            JdbcClient jdbc,
            ContactImport running,
            long cursor,
            boolean updateExisting,
            List<RowCheck.Verdict> verdicts) {
        List<RowError> errors = new ArrayList<>();
        List<ContactRow> rows = new ArrayList<>(verdicts.size());
        Set<String> ids = new HashSet<>();
        for (RowCheck.Verdict verdict : verdicts) {
            ContactRow row = verdict.row();
            RowError error = verdict.error();
            if (error != null) {
                errors.add(error);
            } else if (row != null) {
                if (ids.add(row.userContactId())) {
                    rows.add(row);
                } else {
                    errors.add(new RowError(row.line(), RowProblem.DUPLICATE_ID, TWICE_IN_FILE));
                }
            }
        }
        Map<String, Boolean> written = contacts.write(jdbc, running.list(), running.id(), rows, updateExisting);
        errors.addAll(duplicates(jdbc, running, rows, written));
        imports.errors(jdbc, running.id(), errors);
        int inserted = (int) written.values().stream().filter(isNew -> isNew).count();
        ChunkResult result = new ChunkResult(inserted, written.size() - inserted, errors.size());
        imports.advance(jdbc, running.id(), cursor, result);
        return result;
    }

    private List<RowError> duplicates(
            JdbcClient jdbc, ContactImport running, List<ContactRow> rows, Map<String, Boolean> written) {
        Map<String, Long> lines = new HashMap<>();
        for (ContactRow row : rows) {
            if (!written.containsKey(row.userContactId())) {
                lines.put(row.userContactId(), row.line());
            }
        }
        List<RowError> errors = new ArrayList<>();
        if (!lines.isEmpty()) {
            Map<String, Boolean> ours =
                    contacts.ofThisImport(jdbc, running.list(), running.id(), List.copyOf(lines.keySet()));
            lines.forEach((id, line) -> errors.add(new RowError(
                    line, RowProblem.DUPLICATE_ID, ours.getOrDefault(id, false) ? TWICE_IN_FILE : IN_LIST)));
        }
        return errors;
    }
}
