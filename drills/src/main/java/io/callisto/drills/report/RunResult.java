package io.callisto.drills.report;

import io.callisto.drills.history.Violation;
import java.time.Instant;
import java.util.List;

/**
 * One injection.
 *
 * @param fault what was done to whom
 * @param failoverMillis the longest gap of an affected scope; 0 where none was affected
 * @param basis what it was measured between
 * @param notes what else is worth knowing
 */
public record RunResult(
        int number,
        String fault,
        Instant at,
        List<ScopeCourse> scopes,
        long failoverMillis,
        String basis,
        List<Violation> violations,
        List<String> notes) {
    public RunResult {
        scopes = List.copyOf(scopes);
        violations = List.copyOf(violations);
        notes = List.copyOf(notes);
    }
}
