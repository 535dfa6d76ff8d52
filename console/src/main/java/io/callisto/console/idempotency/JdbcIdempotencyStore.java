package io.callisto.console.idempotency;

import io.callisto.console.sql.Columns;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code rest_idempotency}. Thread-safe; every method belongs into the caller's transaction. */
final class JdbcIdempotencyStore {
    private final JdbcClient jdbc;
    private final Duration retention;

    JdbcIdempotencyStore(JdbcClient jdbc, Duration retention) {
        this.jdbc = jdbc;
        this.retention = retention;
    }

    /** An answer that was given. */
    record Answer(String fingerprint, int status, @Nullable String location, String body) {}

    /**
     * Takes the key; waits for a transaction that is about to. Each taker clears a few rows that are past their time,
     * so that nobody has to sweep.
     *
     * @return false where the key is taken
     */
    boolean claim(int userId, String key, String fingerprint) {
        jdbc.sql("""
                        delete from rest_idempotency where ctid = any (array(
                          select ctid from rest_idempotency
                          where created_at < clock_timestamp() - make_interval(secs => :seconds)
                          order by created_at limit 10 for update skip locked))
                        """).param("seconds", retention.toSeconds()).update();
        return jdbc.sql("""
                                insert into rest_idempotency (user_id, idempotency_key, fingerprint)
                                values (:user, :key, :fingerprint)
                                on conflict do nothing
                                """)
                        .param("user", userId)
                        .param("key", key)
                        .param("fingerprint", fingerprint)
                        .update()
                == 1;
    }

    void keep(int userId, String key, int status, @Nullable String location, String body) {
        jdbc.sql("""
                        update rest_idempotency set status = :status, location = :location, body = :body
                        where user_id = :user and idempotency_key = :key
                        """)
                .param("status", status)
                .param("location", location)
                .param("body", body)
                .param("user", userId)
                .param("key", key)
                .update();
    }

    Answer find(int userId, String key) {
        return jdbc.sql("""
                        select fingerprint, status, location, body from rest_idempotency
                        where user_id = :user and idempotency_key = :key
                        """)
                .param("user", userId)
                .param("key", key)
                .query((row, number) -> new Answer(
                        Columns.text(row, "fingerprint"),
                        row.getInt("status"),
                        row.getString("location"),
                        Columns.text(row, "body")))
                .single();
    }
}
