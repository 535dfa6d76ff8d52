package io.callisto.server.infra;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.callisto.server.process.Arguments;
import io.callisto.server.process.Pause;
import io.callisto.server.process.PostgresAccess;
import io.callisto.server.process.StateFile;
import java.sql.SQLException;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Artemis broker on the store that all brokers share: one is live, the others wait to take over. Ends when it has
 * lost the store's lock, so that its supervisor starts it afresh. Arguments: {@code --name --host --port
 * --brokers=s1@host:port,... --database-url --database-user --database-password --data}.
 */
public final class BrokerMain {
    private static final Logger log = LoggerFactory.getLogger(BrokerMain.class);
    private static final long DATABASE_RETRY_MILLIS = 500;

    private BrokerMain() {}

    public static void main(String[] args) throws Exception {
        BrokerSettings settings = BrokerSettings.of(Arguments.parse(args));
        StateFile.report("WAITING");
        createSchema(settings);
        EmbeddedActiveMQ embedded = new EmbeddedActiveMQ();
        HikariDataSource pool = pool(settings);
        embedded.setConfiguration(settings.configuration(pool));
        BrokerRunner runner = new BrokerRunner(embedded);
        BrokerStatusRunner status =
                new BrokerStatusRunner(new JdbcBrokerStatusStore(pool), settings.name(), runner::live);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            runner.stop();
                            status.stop();
                        },
                        "shutdown"));
        status.start();
        embedded.start();
        runner.watch();
        System.exit(1);
    }

    private static void createSchema(BrokerSettings settings) throws InterruptedException {
        for (int tries = 0; ; tries++) {
            try {
                new JdbcBrokerStore(settings).createSchema();
                return;
            } catch (SQLException e) {
                if (tries % 10 == 0) {
                    log.atWarn()
                            .addKeyValue("database", settings.databaseUrl())
                            .addKeyValue("reason", e.getMessage())
                            .log("waiting for the database");
                }
                Pause.millis(DATABASE_RETRY_MILLIS);
            }
        }
    }

    private static HikariDataSource pool(BrokerSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(PostgresAccess.of(
                settings.storeUrl(),
                settings.databaseUser(),
                settings.databasePassword(),
                "artemis-" + settings.name(),
                10));
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(5_000);
        config.setPoolName("artemis");
        return new HikariDataSource(config);
    }
}
