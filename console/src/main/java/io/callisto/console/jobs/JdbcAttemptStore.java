package io.callisto.console.jobs;

import io.callisto.console.sql.Columns;
import io.callisto.domain.InvariantBroken;
import io.callisto.domain.PhoneNumber;
import io.callisto.domain.attempt.AttemptState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads table {@code attempt}. Thread-safe. */
final class JdbcAttemptStore {
    private final JdbcClient jdbc;

    JdbcAttemptStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The attempts of a job after one, by contact and number, at most one more than {@code limit}. */
    List<Attempt> after(long jobId, long afterContact, long afterAttemptNo, int limit, boolean unmask) {
        return jdbc.sql("""
                        select a.attempt_id, a.contact_id, c.user_contact_id, c.contact_list_id, a.attempt_no,
                          a.zone_id,
                               a.phone_number, a.state, k.code, a.gateway_id, a.reserved_at, a.dialed_at, a.ringing_at,
                               a.answered_at, a.completed_at
                        from attempt a
                        join contact c using (contact_id)
                        left join completion_code k using (completion_code_id)
                        where a.job_id = :job and (a.contact_id, a.attempt_no) > (:contact, :number)
                        order by a.contact_id, a.attempt_no limit :rows
                        """)
                .param("job", jobId)
                .param("contact", afterContact)
                .param("number", afterAttemptNo)
                .param("rows", limit + 1)
                .query((row, number) -> attempt(row, unmask))
                .list();
    }

    private static Attempt attempt(ResultSet row, boolean unmask) throws SQLException {
        UUID id = row.getObject("attempt_id", UUID.class);
        if (id == null) {
            throw new InvariantBroken("INV-3", "an attempt without an id");
        }
        String phone = Columns.text(row, "phone_number");
        return new Attempt(
                id,
                row.getLong("contact_id"),
                Columns.text(row, "user_contact_id"),
                row.getInt("contact_list_id"),
                row.getInt("attempt_no"),
                row.getInt("zone_id"),
                unmask ? phone : new PhoneNumber(phone).toString(),
                AttemptState.valueOf(Columns.text(row, "state")),
                row.getString("code"),
                Columns.text(row, "gateway_id"),
                Columns.instant(row, "reserved_at"),
                Columns.instantOrNull(row, "dialed_at"),
                Columns.instantOrNull(row, "ringing_at"),
                Columns.instantOrNull(row, "answered_at"),
                Columns.instantOrNull(row, "completed_at"));
    }
}
