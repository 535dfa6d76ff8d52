package io.callisto.db;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;

/** Brings a database to this version's schema. */
public final class Migrations {
    private Migrations() {}

    /**
     * Applies what is missing. Safe when several servers start at once: Flyway locks its history table.
     *
     * @return how many migrations were applied
     * @throws IllegalStateException where a newer program has migrated the database
     * @throws org.flywaydb.core.api.FlywayException where the database holds a changed schema, or fails
     */
    public static int migrate(DataSource dataSource) {
        Flyway flyway = Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .validateMigrationNaming(true)
                .cleanDisabled(true)
                .load();
        refuseNewer(flyway.info());
        return flyway.migrate().migrationsExecuted;
    }

    /** Flyway itself lets pass what it does not know; this program would write to tables that have another meaning. */
    private static void refuseNewer(MigrationInfoService history) {
        for (MigrationInfo migration : history.applied()) {
            if (migration.getState() == MigrationState.FUTURE_SUCCESS) {
                throw new IllegalStateException("The database has schema version " + migration.getVersion()
                        + ", which is newer than this program. Start this server with the program that migrated the"
                        + " database, or a later one; a database cannot be taken back.");
            }
        }
    }
}
