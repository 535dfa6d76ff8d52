package io.callisto.server.infra;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.callisto.server.process.Arguments;
import io.callisto.server.process.PostgresAccess;
import io.callisto.server.process.StateFile;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Artemis broker on the store that all brokers share: one is live, the others wait to take over. Ends when it has lost the
 * store's lock, so that its supervisor starts it afresh. Arguments: {@code --name --host --port --brokers=s1@host:port,...
 * --database-url --database-user --database-password --data}; the first of {@code --brokers} is the one that makes the store.
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
        embedded.setConfiguration(settings.configuration(pool(settings)));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(embedded), "shutdown"));
        embedded.start();
        watch(embedded.getActiveMQServer());
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
                TimeUnit.MILLISECONDS.sleep(DATABASE_RETRY_MILLIS);
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

    /** Returns when the server has stopped for good. */
    private static void watch(ActiveMQServer server) throws InterruptedException {
        String reported = "";
        int stopped = 0;
        while (stopped < 50) {
            String state = server.isActive() ? "LIVE" : "STANDBY";
            if (!state.equals(reported)) {
                StateFile.report(state);
                log.atInfo().addKeyValue("state", state).log("broker");
                reported = state;
            }
            // A backup that restarts passes through STOPPED: only one that stays there has ended.
            stopped = server.getState() == ActiveMQServer.SERVER_STATE.STOPPED ? stopped + 1 : 0;
            TimeUnit.MILLISECONDS.sleep(100);
        }
        log.atError().log("broker has stopped, most likely because it lost the lock of its store");
    }

    private static void stop(EmbeddedActiveMQ embedded) {
        try {
            embedded.getActiveMQServer().stop(true);
        } catch (Exception e) { // declared so; the process ends now whatever it is
            log.atWarn().setCause(e).log("broker did not stop cleanly");
        }
    }
}
