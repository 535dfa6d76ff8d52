package io.callisto.console.donotcall;

import io.callisto.console.sql.Columns;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code do_not_call}. Thread-safe. */
final class JdbcDoNotCallStore {
    private final JdbcClient jdbc;

    JdbcDoNotCallStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds in the numbers' order, so that two additions cannot wait for each other. */
    DoNotCallAdded add(int organisationId, SortedSet<String> numbers, @Nullable Instant until, String addedBy) {
        List<Boolean> inserted = jdbc.sql("""
                        insert into do_not_call (organisation_id, phone_number, until, added_by)
                        select :organisation, n.number, cast(:until as timestamptz), :by
                        from unnest(cast(:numbers as text[])) as n(number) order by n.number
                        on conflict (organisation_id, phone_number) do update set until = excluded.until,
                          added_at = clock_timestamp(), added_by = excluded.added_by
                        returning (xmax = 0)
                        """)
                .param("organisation", organisationId)
                .param("until", until == null ? null : until.atOffset(ZoneOffset.UTC))
                .param("by", addedBy)
                .param("numbers", numbers.toArray(String[]::new))
                .query(Boolean.class)
                .list();
        int added = (int) inserted.stream().filter(Boolean.TRUE::equals).count();
        return new DoNotCallAdded(added, inserted.size() - added);
    }

    boolean delete(int organisationId, String number) {
        return jdbc.sql("delete from do_not_call where organisation_id = :organisation and phone_number = :number")
                        .param("organisation", organisationId)
                        .param("number", number)
                        .update()
                == 1;
    }

    /** The numbers after one, at most one more than {@code limit}. */
    List<DoNotCallEntry> after(int organisationId, String afterNumber, int limit) {
        return jdbc.sql("""
                        select phone_number, until, added_at, added_by from do_not_call
                        where organisation_id = :organisation and phone_number > :after
                        order by phone_number limit :rows
                        """)
                .param("organisation", organisationId)
                .param("after", afterNumber)
                .param("rows", limit + 1)
                .query((row, number) -> new DoNotCallEntry(
                        Columns.text(row, "phone_number"),
                        Columns.instantOrNull(row, "until"),
                        Columns.instant(row, "added_at"),
                        Columns.text(row, "added_by")))
                .list();
    }
}
