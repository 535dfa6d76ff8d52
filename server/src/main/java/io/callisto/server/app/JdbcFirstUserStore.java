package io.callisto.server.app;

import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The first REST user of an empty database, without whom nobody could make others. */
final class JdbcFirstUserStore {
    private final JdbcClient jdbc;

    JdbcFirstUserStore(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    boolean anyUser() {
        return jdbc.sql("select exists (select 1 from app_user)")
                .query(Boolean.class)
                .single();
    }

    /** Does nothing where another server was quicker. */
    void create(String name, String passwordHash) {
        jdbc.sql("""
                        insert into app_user (name, password_hash, role)
                        select :name, :hash, 'ADMIN' where not exists (select 1 from app_user)
                        on conflict (name) do nothing""").param("name", name).param("hash", passwordHash).update();
    }

    /** Makes the server known to the administration. */
    void registerServer(String name) {
        jdbc.sql("insert into server (name) values (:name) on conflict (name) do nothing")
                .param("name", name)
                .update();
    }
}
