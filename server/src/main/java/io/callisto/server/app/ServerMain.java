package io.callisto.server.app;

import io.callisto.db.Migrations;
import io.callisto.server.process.PostgresAccess;
import io.callisto.server.process.StateFile;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * A Java process of a server. Its arguments are Spring properties; {@code --callisto.process} says which: {@code
 * server} for
 * all services in this JVM, or one service's name. With {@code --callisto.obey-wishes} a service that is alone stops
 * and starts inside its process as the administrator wishes; without, a supervisor sees to that.
 */
public final class ServerMain {
    /** Name of the first user. */
    public static final String FIRST_USER = "admin";
    /** The first user's password, to be changed where anybody else can reach the console. */
    public static final String FIRST_PASSWORD = "callisto";

    private static final String OBEY_WISHES = "callisto.obey-wishes";

    private static final Logger log = LoggerFactory.getLogger(ServerMain.class);

    private static final Duration WISHES_LOOK = Duration.ofSeconds(1);

    /** Longest single statement of a migration, or wait for another server that migrates. */
    private static final int MIGRATION_SECONDS = 600;

    private ServerMain() {}

    public static void main(String[] args) throws InterruptedException {
        long started = System.nanoTime();
        // Threads of a half-started context would keep the process alive, and the supervisor waiting.
        Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {
            log.atError().setCause(failure).log("process ends");
            System.exit(1);
        });
        ApplicationArguments arguments = new DefaultApplicationArguments(args);
        StateFile.report("WAITING for the database");
        prepareDatabase(arguments);
        StateFile.report("WAITING for ZooKeeper and Kafka");
        InfrastructureWait.anyOf("ZooKeeper", value(arguments, "callisto.zookeeper.connect-string"));
        InfrastructureWait.anyOf("Kafka", value(arguments, "callisto.kafka.bootstrap-servers"));
        StateFile.report("STARTING");
        String process = value(arguments, "callisto.process");
        boolean all = process.equals("server");
        RunningServices services = all
                ? RunningServices.allBut(ownProcesses(arguments), args)
                : RunningServices.one(ServiceName.of(process), args);
        Runtime.getRuntime().addShutdownHook(new Thread(services::close, "shutdown"));
        services.start();
        if (all || arguments.containsOption(OBEY_WISHES)) {
            obeyWishes(services, arguments, started);
        } else {
            // Under a supervisor, which ends and starts the process as wished.
            services.apply(Set.of());
            ready(services, arguments, started);
            // The threads of services that serve no HTTP are daemons.
            new CountDownLatch(1).await();
        }
    }

    private static void obeyWishes(RunningServices services, ApplicationArguments arguments, long started)
            throws InterruptedException {
        SingleConnectionDataSource connection = new SingleConnectionDataSource(
                value(arguments, "spring.datasource.url"),
                value(arguments, "spring.datasource.username"),
                value(arguments, "spring.datasource.password"),
                true);
        Properties limits = new Properties();
        limits.setProperty("connectTimeout", "2");
        limits.setProperty("socketTimeout", "5");
        limits.setProperty("ApplicationName", "callisto-wishes");
        connection.setConnectionProperties(limits);
        WishRunner wishes = new WishRunner(
                services, new JdbcWishStore(connection, value(arguments, "callisto.server-name")), WISHES_LOOK);
        wishes.start();
        ready(services, arguments, started);
        wishes.run();
    }

    private static void ready(RunningServices services, ApplicationArguments arguments, long started) {
        StateFile.report(services.state());
        log.atInfo()
                .addKeyValue("server", value(arguments, "callisto.server-name"))
                .addKeyValue("process", value(arguments, "callisto.process"))
                .addKeyValue("millis", (System.nanoTime() - started) / 1_000_000)
                .log("ready");
    }

    private static void prepareDatabase(ApplicationArguments arguments) throws InterruptedException {
        String url = value(arguments, "spring.datasource.url");
        DataSource database = PostgresAccess.of(
                url,
                value(arguments, "spring.datasource.username"),
                value(arguments, "spring.datasource.password"),
                "callisto-start",
                MIGRATION_SECONDS);
        InfrastructureWait.database(database, url);
        Migrations.migrate(database);
        JdbcFirstUserStore users = new JdbcFirstUserStore(database);
        users.registerServer(value(arguments, "callisto.server-name"));
        if (!users.anyUser()) {
            users.create(FIRST_USER, "{bcrypt}" + new BCryptPasswordEncoder().encode(FIRST_PASSWORD));
        }
    }

    private static Set<String> ownProcesses(ApplicationArguments arguments) {
        return arguments.containsOption("callisto.own-processes")
                ? Set.of(value(arguments, "callisto.own-processes").split(","))
                : Set.of();
    }

    private static String value(ApplicationArguments arguments, String name) {
        java.util.List<String> values = arguments.getOptionValues(name);
        if (values == null || values.isEmpty()) {
            throw new IllegalArgumentException("--" + name + "=... is missing");
        }
        return values.get(values.size() - 1);
    }
}
