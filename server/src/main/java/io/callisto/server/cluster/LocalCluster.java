package io.callisto.server.cluster;

import io.callisto.domain.Ticker;
import io.callisto.server.app.ServerMain;
import io.callisto.server.process.PostgresAccess;
import io.callisto.server.process.ProcessIdentity;
import io.callisto.server.process.ProcessLauncher;
import io.callisto.server.supervisor.MemberRecord;
import io.callisto.server.supervisor.SupervisorFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.Uuid;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * A cluster on this machine, as a directory. Everything it starts is detached: it outlives this JVM and is found again
 * by the
 * next object on the same directory. Used by one thread at a time; other JVMs are kept out while the cluster is
 * changed.
 */
public final class LocalCluster {
    /** Name of the first REST user of a new cluster. */
    public static final String REST_USER = ServerMain.FIRST_USER;
    /** Password of the first REST user. */
    public static final String REST_PASSWORD = ServerMain.FIRST_PASSWORD;

    private static final String HOST = "127.0.0.1";

    private final ClusterFiles files;
    private final ProcessLauncher launcher;
    private final Ticker ticker;

    private LocalCluster(Path directory, Ticker ticker) {
        this.files = new ClusterFiles(directory);
        this.launcher = new ProcessLauncher(files.home());
        this.ticker = ticker;
    }

    /** The cluster of a directory, which need not exist yet. */
    public static LocalCluster at(Path directory) {
        return at(directory, System::nanoTime);
    }

    static LocalCluster at(Path directory, Ticker ticker) {
        return new LocalCluster(directory, ticker);
    }

    /** The options of the last {@code up}, if there was one. */
    public Optional<ClusterOptions> options() {
        return files.load().map(ClusterState::options);
    }

    /** As {@link #up(ClusterOptions, Consumer)}, in silence. */
    public void up(ClusterOptions options) {
        up(options, line -> {});
    }

    /**
     * Adopts what runs, starts what does not, and returns when everything does its work.
     *
     * @param progress hears what is waited for
     * @throws ClusterFailure saying what is wrong and what to do; what this call started is stopped again
     */
    public void up(ClusterOptions options, Consumer<String> progress) {
        try (ClusterFiles.Lock lock = files.lock()) {
            lock.requireHeld();
            ClusterState state = ClusterPlan.assignPorts(remembered(options), files.home());
            if (options.kafkaTls()) {
                new ClusterCertificates(files.home()).prepare(state, progress);
            }
            files.save(state);
            new Startup(files, state, launcher, ticker, progress).run();
        }
    }

    /**
     * Starts one part that has ended and that nobody restarts by itself: a piece of infrastructure, or the supervisor
     * of
     * a server. Returns when it is started, PostgreSQL when it answers; nothing happens where it runs.
     *
     * @param name as {@link #pidOf}
     * @throws ClusterFailure where it cannot be started
     */
    public void startPart(String name) {
        try (ClusterFiles.Lock lock = files.lock()) {
            lock.requireHeld();
            new Startup(files, state(), launcher, ticker, line -> {}).part(name);
        }
    }

    private ClusterState remembered(ClusterOptions options) {
        Optional<ClusterState> known = files.load();
        known.ifPresent(state -> {
            requireSameQuorums(state.options(), options);
            requireSameSecurity(state, options);
        });
        return known.map(state -> state.withOptions(options))
                .orElseGet(() -> new ClusterState(
                        ClusterState.FORMAT,
                        options,
                        HOST,
                        Map.of(),
                        Uuid.randomUuid().toString(),
                        directoryIds(),
                        Map.of()));
    }

    private static Map<String, String> directoryIds() {
        Map<String, String> ids = new TreeMap<>();
        ClusterPlan.numbers(3)
                .forEach(i -> ids.put(Integer.toString(i), Uuid.randomUuid().toString()));
        return ids;
    }

    private void requireSameQuorums(ClusterOptions before, ClusterOptions now) {
        boolean kafka =
                before.external().kafka() != null || now.external().kafka() != null || before.kafka() == now.kafka();
        boolean zookeeper = before.external().zookeeper() != null
                || now.external().zookeeper() != null
                || before.zookeeper() == now.zookeeper();
        if (!kafka || !zookeeper) {
            throw new ClusterFailure("the data in " + files.home() + " was made with " + before.kafka()
                    + " Kafka brokers and " + before.zookeeper()
                    + " ZooKeeper members; these numbers stay. Choose them "
                    + "with a new --dir.");
        }
    }

    /** Listeners do not change while brokers run, and services that cannot reach them would only look broken. */
    private static void requireSameSecurity(ClusterState before, ClusterOptions now) {
        boolean running = before.processes().values().stream().anyMatch(ProcessIdentity::alive);
        if (running && before.options().kafkaTls() != now.kafkaTls()) {
            throw new ClusterFailure("the cluster runs " + (now.kafkaTls() ? "without" : "with")
                    + " TLS; to change that: callisto down, then up with " + (now.kafkaTls() ? "--tls" : "--no-tls"));
        }
    }

    /** As {@link #down(Consumer)}, in silence. */
    public void down() {
        down(line -> {});
    }

    /** Stops everything, servers first; data stays. Nothing happens where nothing runs. */
    public void down(Consumer<String> progress) {
        if (files.load().isEmpty()) {
            return;
        }
        try (ClusterFiles.Lock lock = files.lock()) {
            lock.requireHeld();
            files.load().ifPresent(state -> new Shutdown(files, state, launcher, progress).run());
        }
    }

    /**
     * Deletes all data of a cluster that is down.
     *
     * @throws ClusterFailure where something still runs, or the directory holds something else
     */
    public void wipe() {
        if (!java.nio.file.Files.exists(files.home())) {
            return;
        }
        try (ClusterFiles.Lock lock = files.lock()) {
            lock.requireHeld();
            Optional<ClusterState> state = files.load();
            if (state.isEmpty()) {
                return;
            }
            boolean runs = new StatusReader(files, state.get(), launcher)
                    .processes().stream().anyMatch(process -> process.pid() != null);
            if (runs) {
                throw new ClusterFailure(
                        "the cluster in " + files.home() + " still runs; stop it first: callisto down");
            }
            files.wipe();
        }
    }

    /** What runs where. Empty where the directory has no cluster. */
    public Optional<ClusterStatus> status() {
        return files.load().map(state -> new StatusReader(files, state, launcher).status());
    }

    /** Names of the servers. */
    public List<String> servers() {
        return new ServerPlan(state(), files).names();
    }

    /** Base address of every server's REST interface, in the order of {@link #servers()}. */
    public List<String> restUrls() {
        ServerPlan plan = new ServerPlan(state(), files);
        return plan.names().stream().map(plan::restUrl).toList();
    }

    public String jdbcUrl() {
        return plan().databaseUrl();
    }

    public String databaseUser() {
        return plan().databaseUser();
    }

    public String databasePassword() {
        return plan().databasePassword();
    }

    /** Bootstrap servers of Kafka. */
    public String kafkaBootstrap() {
        return plan().kafka();
    }

    /** Properties with which a client may do everything in Kafka; empty where it is open to all. */
    public Map<String, String> kafkaClient() {
        return state().options().kafkaTls()
                ? new ClusterCertificates(files.home()).client(ClusterCertificates.ADMINISTRATOR)
                : Map.of();
    }

    /** Where the authority is that issues the certificates of a cluster with TLS. */
    public Path authority() {
        return new ClusterCertificates(files.home()).authority();
    }

    /** Connect string of ZooKeeper. */
    public String zookeeper() {
        return plan().zookeeper();
    }

    /** JMS address of the brokers. */
    public String brokerUrl() {
        return new ServerPlan(state(), files).brokerUrl();
    }

    /** Media gateways: id to {@code host:port}. */
    public Map<String, String> gateways() {
        return plan().gateways();
    }

    /**
     * Id of a living process.
     *
     * @param name as {@link #status()} shows it: {@code postgres}, {@code kafka1}, {@code s1} (supervisor), {@code
     *     s1-server}
     */
    public OptionalLong pidOf(String name) {
        if (name.equals("postgres")) {
            return plan().postgres(launcher.log("postgres")).pid();
        }
        ProcessIdentity process = state().processes().get(name);
        if (process == null) {
            String server = name.replaceFirst("-.*$", "");
            MemberRecord record =
                    new SupervisorFiles(files.home(), server).records().get(name);
            process = record == null ? null : record.process();
        }
        return process != null && process.alive() ? OptionalLong.of(process.pid()) : OptionalLong.empty();
    }

    /** Name of the process in which a service of a server runs: {@code s1-server} or {@code s1-rule-engine}. */
    public String processOf(String server, String service) {
        return new ServerPlan(state(), files).processOf(server, service);
    }

    /** Whether the first user of an empty database is there, still with the password that everybody knows. */
    public boolean firstPasswordWorks() {
        JdbcUserStore users =
                new JdbcUserStore(PostgresAccess.of(jdbcUrl(), databaseUser(), databasePassword(), "callisto-up", 5));
        return users.passwordHash(REST_USER)
                .map(hash -> hash.replaceFirst("^\\{bcrypt}", ""))
                .filter(hash -> new BCryptPasswordEncoder().matches(REST_PASSWORD, hash))
                .isPresent();
    }

    /** Where a process writes its log. */
    public Path log(String name) {
        return launcher.log(name);
    }

    private ClusterPlan plan() {
        return new ClusterPlan(state(), files);
    }

    private ClusterState state() {
        return files.load()
                .orElseThrow(
                        () -> new ClusterFailure("no cluster in " + files.home() + "; make one with: callisto up"));
    }
}
