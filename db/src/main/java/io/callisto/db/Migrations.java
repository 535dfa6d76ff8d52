package io.callisto.db;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings a database to this version's schema. */
public final class Migrations {
    private Migrations() {}

    /**
     * Applies what is missing. Safe when several servers start at once: Flyway locks its history table.
     *
     * @return how many migrations were applied
     * @throws org.flywaydb.core.api.FlywayException where the database holds a newer or changed schema, or fails
     */
    public static int migrate(DataSource dataSource) {
        return Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .validateMigrationNaming(true)
                .cleanDisabled(true)
                .load()
                .migrate()
                .migrationsExecuted;
    }
}
