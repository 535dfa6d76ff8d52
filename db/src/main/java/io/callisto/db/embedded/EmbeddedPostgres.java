package io.callisto.db.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The real PostgreSQL on a data directory of ours: initialised once, started as a daemon of its own session (it
 * outlives the
 * JVM that started it, however that one ends), adopted where it runs already, restarted on the same data after any
 * kill.
 * Stateless but for its settings; two launchers of one directory must be kept apart by the caller.
 */
public final class EmbeddedPostgres {
    /** Superuser and owner of the database. */
    public static final String USER = "callisto";
    /** The superuser's password; the server listens on a loopback address unless told otherwise. */
    public static final String PASSWORD = "callisto";
    /** Name of the database. */
    public static final String DATABASE = "callisto";

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final int START_TRIES = 40;

    private final Settings settings;
    private final Path data;

    /**
     * @param dataDirectory made if missing
     * @param host address to listen on
     * @param port to listen on
     * @param logFile where the server writes
     * @param durable false only for throw-away databases of tests: turns fsync off
     * @param enter command that starts the server on another host of this machine; empty: here
     * @param clients addresses that may connect with the password, beside the loopback ones
     * @param limits for clients that are gone
     */
    public record Settings(
            Path dataDirectory,
            String host,
            int port,
            Path logFile,
            boolean durable,
            List<String> enter,
            List<String> clients,
            PeerLimits limits) {
        public Settings {
            enter = List.copyOf(enter);
            clients = List.copyOf(clients);
        }

        /** A server on this machine, for clients on this machine. */
        public Settings(Path dataDirectory, String host, int port, Path logFile, boolean durable) {
            this(dataDirectory, host, port, logFile, durable, List.of(), List.of(), PeerLimits.patient());
        }
    }

    public EmbeddedPostgres(Settings settings) {
        this.settings = settings;
        this.data = settings.dataDirectory().toAbsolutePath().normalize();
    }

    /** Address of the database. */
    public String jdbcUrl() {
        return jdbcUrl(DATABASE);
    }

    /** Address of another database of this server. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + settings.host() + ":" + settings.port() + "/" + database;
    }

    /**
     * Returns when the server accepts connections and the database exists.
     *
     * @return the postmaster's process id
     * @throws EmbeddedPostgresException saying what is wrong and what to do
     */
    public long start() {
        OptionalLong running = pid();
        if (running.isPresent() && port().orElse(settings.port()) == settings.port()) {
            log.atDebug().addKeyValue("pid", running.getAsLong()).log("postgres adopted");
        } else {
            if (running.isPresent()) {
                stop();
            }
            startNew();
        }
        try {
            new JdbcDatabaseStore(settings.host(), settings.port()).createIfMissing(DATABASE);
        } catch (SQLException e) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL runs at " + settings.host() + ":" + settings.port() + " but does not answer: "
                            + e.getMessage() + " (its log: " + settings.logFile() + ")",
                    e);
        }
        return pid().orElseThrow(() -> new EmbeddedPostgresException("PostgreSQL ended: " + logTail()));
    }

    /**
     * The postmaster that runs on the data directory, if one does. Another program with a recycled id does not count.
     */
    public OptionalLong pid() {
        OptionalLong recorded = recordedPid();
        return recorded.isPresent() && isOurs(recorded.getAsLong()) ? recorded : OptionalLong.empty();
    }

    /** Ends open transactions and stops; returns when the server has ended. Nothing happens where none runs. */
    public void stop() {
        OptionalLong running = pid();
        if (running.isEmpty()) {
            return;
        }
        Account account = Account.choose(data);
        Shell.Outcome outcome = Shell.run(
                account.prefix(),
                List.of(
                        PostgresBinaries.unpacked(account.foreign()).program("pg_ctl"),
                        "-D",
                        data.toString(),
                        "-m",
                        "fast",
                        "-t",
                        "60",
                        "-w",
                        "stop"),
                70);
        if (!outcome.ok() && pid().isPresent()) {
            throw new EmbeddedPostgresException("PostgreSQL does not stop: " + outcome.output());
        }
    }

    private void startNew() {
        Account account = Account.choose(data);
        PostgresBinaries binaries = PostgresBinaries.unpacked(account.foreign());
        try {
            initialise(account, binaries);
            requireSameVersion(binaries);
            new SettingsFiles(settings, data, isLinux()).write(account);
            removeStalePidFile();
            requireFreePort();
            prepareLog(account);
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "cannot prepare PostgreSQL's data in " + data + ": " + Explanation.of(describe(e)), e);
        }
        List<String> command = List.of(
                binaries.program("pg_ctl"),
                "-D",
                data.toString(),
                "-l",
                settings.logFile().toAbsolutePath().toString(),
                "-t",
                "120",
                "-w",
                "start");
        List<String> prefix = new java.util.ArrayList<>(settings.enter());
        prefix.addAll(account.prefix());
        Shell.Outcome outcome = Shell.run(prefix, command, 130);
        // Backends of a killed postmaster may need a moment to notice; until then they hold the shared memory.
        for (int i = 0; i < START_TRIES && !outcome.ok() && logTail().contains("still in use"); i++) {
            pause();
            outcome = Shell.run(prefix, command, 130);
        }
        if (!outcome.ok()) {
            throw new EmbeddedPostgresException("PostgreSQL does not start on " + data + ": "
                    + Explanation.of(outcome.output() + "\n" + logTail()) + "\nIts log: " + settings.logFile());
        }
    }

    private void initialise(Account account, PostgresBinaries binaries) throws IOException {
        if (Files.exists(data.resolve("PG_VERSION"))) {
            return;
        }
        Path parent = Objects.requireNonNull(data.getParent(), "data directory has no parent");
        Files.createDirectories(parent);
        if (Files.exists(data) && !isEmpty(data)) {
            throw new EmbeddedPostgresException(
                    data + " is neither empty nor a PostgreSQL data directory. Choose another.");
        }
        Path fresh = Files.createTempDirectory(parent, "initdb");
        Path password = Files.createTempFile("callisto", ".pw");
        try {
            Files.writeString(password, PASSWORD);
            account.own(fresh);
            account.own(password);
            Shell.Outcome outcome = Shell.run(
                    account.prefix(),
                    List.of(
                            binaries.program("initdb"),
                            "--pgdata=" + fresh,
                            "--username=" + USER,
                            "--pwfile=" + password,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8",
                            settings.durable() ? "--sync-method=fsync" : "--no-sync"),
                    120);
            if (!outcome.ok()) {
                throw new EmbeddedPostgresException("cannot initialise PostgreSQL's data in " + data + ": "
                        + Explanation.of(outcome.output()) + unreachable(account, parent));
            }
            Files.deleteIfExists(data);
            Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(password);
            PostgresBinaries.deleteTree(fresh);
        }
    }

    private static String unreachable(Account account, Path directory) {
        boolean reachable = Shell.run(account.prefix(), List.of("ls", "-d", directory + "/."), 10)
                .ok();
        return reachable
                ? ""
                : "\nAs root without user namespaces PostgreSQL runs as uid " + account.uid() + ", which cannot reach "
                        + directory + ". Choose a directory that it can reach, for example: --dir /var/tmp/callisto";
    }

    private void requireSameVersion(PostgresBinaries binaries) throws IOException {
        String made = Files.readString(data.resolve("PG_VERSION")).strip();
        String ours = binaries.majorVersion();
        if (!made.equals(ours)) {
            throw new EmbeddedPostgresException("the data in " + data + " was made by PostgreSQL " + made + ", this is "
                    + ours + ". Move it with pg_dump of version " + made + ", or choose another directory.");
        }
    }

    /** PostgreSQL itself takes a recycled process id for a running server and would refuse to start. */
    private void removeStalePidFile() throws IOException {
        OptionalLong recorded = recordedPid();
        if (recorded.isPresent() && !isOurs(recorded.getAsLong())) {
            Files.deleteIfExists(data.resolve("postmaster.pid"));
        }
    }

    private void requireFreePort() {
        if (!settings.enter().isEmpty()) {
            return; // the other host's ports are not ours to look at
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port()));
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL cannot listen on " + settings.host() + ":" + settings.port() + " (" + e.getMessage()
                            + "). Stop the program that uses the port, or choose another port.",
                    e);
        }
    }

    private void prepareLog(Account account) throws IOException {
        Path file = settings.logFile().toAbsolutePath();
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        }
        account.own(file);
    }

    private Optional<Integer> port() {
        List<String> lines = pidFile();
        return lines.size() > 3 ? Optional.of(Integer.parseInt(lines.get(3).strip())) : Optional.empty();
    }

    private OptionalLong recordedPid() {
        List<String> lines = pidFile();
        return lines.isEmpty() || !lines.get(0).strip().matches("-?[0-9]+")
                ? OptionalLong.empty()
                : OptionalLong.of(Math.abs(Long.parseLong(lines.get(0).strip())));
    }

    private List<String> pidFile() {
        try {
            return Files.readAllLines(data.resolve("postmaster.pid"));
        } catch (IOException e) {
            return List.of();
        }
    }

    private boolean isOurs(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::info)
                .map(info -> info.commandLine().orElse("") + " "
                        + String.join(" ", info.arguments().orElse(new String[0])))
                .filter(line -> line.contains("postgres") && line.contains(data.toString()))
                .isPresent();
    }

    private String logTail() {
        try {
            byte[] all = Files.readAllBytes(settings.logFile());
            int from = Math.max(0, all.length - 2000);
            return new String(all, from, all.length - from, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (java.util.stream.Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    private static boolean isLinux() {
        return System.getProperty("os.name").startsWith("Linux");
    }

    private static String describe(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private static void pause() {
        LockSupport.parkNanos(250_000_000);
        if (Thread.currentThread().isInterrupted()) {
            throw new EmbeddedPostgresException("interrupted while starting PostgreSQL");
        }
    }
}
