package io.callisto.console.security;

import io.callisto.console.sql.Columns;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * Users for the log-in. Read at every request, so that a disabled user or a changed role counts at once. Thread-safe.
 */
final class JdbcAppUserStore implements UserDetailsService {
    private final JdbcClient jdbc;

    JdbcAppUserStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public AppUser loadUserByUsername(String name) {
        if (name.indexOf('\0') >= 0) {
            throw new UsernameNotFoundException("no such user");
        }
        return jdbc.sql("""
                        select user_id, organisation_id, name, password_hash, role, enabled
                        from app_user where name = :name
                        """)
                .param("name", name)
                .query((row, number) -> new AppUser(
                        row.getInt("user_id"),
                        Columns.text(row, "name"),
                        Columns.text(row, "password_hash"),
                        Role.valueOf(Columns.text(row, "role")),
                        Columns.integerOrNull(row, "organisation_id"),
                        row.getBoolean("enabled")))
                .optional()
                .orElseThrow(() -> new UsernameNotFoundException("no such user"));
    }

    boolean organisationExists(int organisationId) {
        return jdbc.sql("select 1 from organisation where organisation_id = :id")
                .param("id", organisationId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Makes the first user, unless there is one already. */
    Optional<Integer> insertFirst(String name, String passwordHash) {
        return jdbc.sql("""
                        insert into app_user (name, password_hash, role)
                        select :name, :hash, 'ADMIN' where not exists (select 1 from app_user)
                        on conflict (name) do nothing
                        returning user_id
                        """)
                .param("name", name)
                .param("hash", passwordHash)
                .query(Integer.class)
                .optional();
    }

    boolean anybody() {
        return jdbc.sql("select exists (select 1 from app_user)")
                .query(Boolean.class)
                .single();
    }
}
