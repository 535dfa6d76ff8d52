package io.callisto.benchmarks.failover;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.callisto.db.Migrations;
import io.callisto.db.embedded.EmbeddedPostgres;
import io.callisto.server.infra.ZooKeeperMain;
import io.callisto.server.process.Pause;
import io.callisto.server.process.PostgresAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** What all contenders share: one PostgreSQL (fsync on), one ZooKeeper, and the class path of workers. */
final class Arena implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final String ROOT = "callisto.root";
    private static final long START_LIMIT_MILLIS = 60_000;

    private final Path dir;
    private final EmbeddedPostgres postgres;
    private final ChildJvm zooKeeper;
    private final String zooKeeperAddress;
    private final String classPath;
    private final HikariDataSource pool;
    private final Thread atExit = new Thread(this::stop, "bench-end");

    private Arena(Path dir, EmbeddedPostgres postgres, ChildJvm zooKeeper, String zooKeeperAddress) {
        this.dir = dir;
        this.postgres = postgres;
        this.zooKeeper = zooKeeper;
        this.zooKeeperAddress = zooKeeperAddress;
        this.classPath = classPath();
        HikariConfig config = new HikariConfig();
        config.setDataSource(
                PostgresAccess.of(postgres.jdbcUrl(), EmbeddedPostgres.USER, EmbeddedPostgres.PASSWORD, "bench", 30));
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(1);
        this.pool = new HikariDataSource(config);
    }

    /**
     * Starts both, empty.
     *
     * @param dir empty, or not there yet
     */
    static Arena open(Path dir) throws IOException, InterruptedException {
        Files.createDirectories(dir);
        EmbeddedPostgres postgres = new EmbeddedPostgres(new EmbeddedPostgres.Settings(
                dir.resolve("postgres"), HOST, freePort(), dir.resolve("postgres.log"), true));
        postgres.start();
        int port = freePort();
        ChildJvm zooKeeper = ChildJvm.start(
                dir,
                "zookeeper",
                System.getProperty("java.class.path"),
                ZooKeeperMain.class,
                List.of("--id=1", "--data=" + dir.resolve("zookeeper"), "--host=" + HOST, "--client-port=" + port));
        Arena arena = new Arena(dir, postgres, zooKeeper, HOST + ":" + port);
        // Also when somebody presses Ctrl-C: PostgreSQL is a daemon.
        Runtime.getRuntime().addShutdownHook(arena.atExit);
        boolean ready = false;
        try {
            Migrations.migrate(arena.pool());
            JdbcEffectStore.createTables(arena.pool());
            if (!Pause.until(START_LIMIT_MILLIS, 100, () -> answers(port))) {
                throw new IllegalStateException("ZooKeeper does not start, see " + dir.resolve("logs"));
            }
            ready = true;
            return arena;
        } finally {
            if (!ready) {
                arena.close();
            }
        }
    }

    /** For whoever watches. */
    DataSource pool() {
        return pool;
    }

    /** Starts a worker; it says in the database when it is ready. */
    ChildJvm worker(Contender contender, String name) {
        WorkerSettings settings = new WorkerSettings(contender, name, postgres.jdbcUrl(), zooKeeperAddress);
        return ChildJvm.start(
                dir, contender.id() + "-" + name, classPath, FailoverWorkerMain.class, settings.arguments());
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException ending) {
            return; // The JVM ends, and the hook does the same.
        }
        stop();
    }

    private void stop() {
        pool.close();
        zooKeeper.close();
        postgres.stop();
    }

    /**
     * Ours first, then what only contenders need. The build writes their class path beside the module's jar, so that
     * nothing else of the product ever sees these libraries.
     */
    private static String classPath() {
        String own = System.getProperty("java.class.path");
        Path contenders = Path.of(System.getProperty(ROOT, "."), "benchmarks", "target", "contenders.txt");
        if (!Files.exists(contenders)) {
            return own;
        }
        try {
            Set<String> entries = new LinkedHashSet<>(List.of(own.split(java.io.File.pathSeparator, -1)));
            Arrays.stream(Files.readString(contenders).strip().split(java.io.File.pathSeparator, -1))
                    .filter(entry -> !ours(Path.of(entry)) && Files.exists(Path.of(entry)))
                    .forEach(entries::add);
            return String.join(java.io.File.pathSeparator, entries);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + contenders, e);
        }
    }

    private static boolean ours(Path jar) {
        return String.valueOf(jar.getFileName()).startsWith("callisto-");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
