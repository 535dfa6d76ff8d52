package io.callisto.db;

import io.callisto.db.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/** One throw-away PostgreSQL (fsync off) with one migrated template; stopped when the tests of the JVM end. */
final class TestPostgres implements AutoCloseable {
    private static final String PREFIX = "callisto-test-pg-";

    private final EmbeddedPostgres server;
    private final Path directory;
    private final AtomicInteger databases = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();

    private TestPostgres(EmbeddedPostgres server, Path directory) {
        this.server = server;
        this.directory = directory;
    }

    static TestPostgres start() {
        endThoseOfKilledTests();
        try {
            Path directory =
                    Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-");
            EmbeddedPostgres server = new EmbeddedPostgres(new EmbeddedPostgres.Settings(
                    directory.resolve("data"), "127.0.0.1", freePort(), directory.resolve("log"), false));
            TestPostgres postgres = new TestPostgres(server, directory);
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
            server.start();
            postgres.sql("create database template_callisto");
            Migrations.migrate(postgres.source("template_callisto"));
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String newDatabase() {
        String name = "test_" + databases.incrementAndGet();
        sql("create database " + name + " template template_callisto");
        return server.jdbcUrl(name);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.stop();
            delete(directory);
        }
    }

    private void sql(String statement) {
        try (Connection connection = source("postgres").getConnection();
                Statement s = connection.createStatement()) {
            s.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    private PGSimpleDataSource source(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.jdbcUrl(database));
        source.setUser("callisto");
        source.setPassword("callisto");
        return source;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A test JVM that was killed could not stop its server. */
    private static void endThoseOfKilledTests() {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            all.filter(path -> path.getFileName().toString().startsWith(PREFIX))
                    .filter(path -> ProcessHandle.of(ownerOf(path)).isEmpty())
                    .forEach(path -> {
                        new EmbeddedPostgres(new EmbeddedPostgres.Settings(
                                        path.resolve("data"), "127.0.0.1", 1, path.resolve("log"), false))
                                .stop();
                        delete(path);
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long ownerOf(Path directory) {
        String rest = directory.getFileName().toString().substring(PREFIX.length());
        String pid = rest.contains("-") ? rest.substring(0, rest.indexOf('-')) : "";
        // An unreadable name counts as ours: leave it alone.
        return pid.matches("[0-9]+")
                ? Long.parseLong(pid)
                : ProcessHandle.current().pid();
    }

    private static void delete(Path root) {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
