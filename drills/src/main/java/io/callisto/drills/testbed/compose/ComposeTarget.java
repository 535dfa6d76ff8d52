package io.callisto.drills.testbed.compose;

import io.callisto.drills.testbed.DrillLayout;
import io.callisto.drills.testbed.DrillTarget;
import io.callisto.drills.testbed.FaultKind;
import io.callisto.drills.testbed.TargetFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The containers of {@code docker-compose.yml}, as a project of its own, reached by their fixed addresses: so this JVM
 * must be in the engine's network namespace, as it is on any Linux machine with an ordinary engine.
 *
 * <p>A service or broker is killed inside its container, so that docker sees it die and starts it again by the restart
 * policy, which {@code docker kill} would prevent; infrastructure is killed with {@code docker kill} and stays dead
 * until it is started. A host that loses power is first disconnected: {@code docker kill} alone would close its
 * sockets.
 */
public final class ComposeTarget implements DrillTarget {
    private static final String PROJECT = "callisto-drill";
    private static final String USER = "callisto";
    private static final Duration UP_LIMIT = Duration.ofMinutes(7);
    private static final Duration DOWN_LIMIT = Duration.ofMinutes(2);
    private static final int MOST_FREEZES = 3;

    private final Path directory;
    private final Path logs;
    private final Map<String, String> settings;
    private final String password;
    private final Set<String> cut = new LinkedHashSet<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable Docker docker;
    private @Nullable ComposePlan plan;
    private @Nullable Thread hook;

    /**
     * Not up yet.
     *
     * @param composeDirectory with {@code docker-compose.yml}
     */
    public ComposeTarget(Path composeDirectory) {
        this(composeDirectory, System.getenv());
    }

    ComposeTarget(Path composeDirectory, Map<String, String> settings) {
        this.directory = composeDirectory.toAbsolutePath().normalize();
        this.logs = directory.resolve(".callisto").resolve("compose");
        this.settings = Map.copyOf(settings);
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        this.password = HexFormat.of().formatHex(secret);
    }

    @Override
    public String description() {
        return "compose";
    }

    @Override
    public Set<FaultKind> supported() {
        return Set.of(
                FaultKind.KILL,
                FaultKind.TERMINATE,
                FaultKind.FREEZE,
                FaultKind.KILL_HOST,
                FaultKind.FREEZE_HOST,
                FaultKind.CUT_HOST);
    }

    /** The profile with as many servers as the layout has, or at most {@code CALLISTO_SERVERS} of the environment. */
    @Override
    public void up(DrillLayout layout, Consumer<String> progress) {
        int most = Integer.parseInt(settings.getOrDefault("CALLISTO_SERVERS", "4"));
        ComposePlan chosen =
                new ComposePlan(settings.getOrDefault("CALLISTO_NETWORK", "10.87.0"), Math.min(layout.servers(), most));
        Docker made = new Docker(Map.of(
                "CALLISTO_DATABASE_PASSWORD", password,
                "CALLISTO_SERVERS", Integer.toString(chosen.servers()),
                "CALLISTO_TIME_FACTOR", Double.toString(layout.timeFactor()),
                "CALLISTO_TIMING", layout.timing(),
                "COMPOSE_PROFILES", ""));
        plan = chosen;
        docker = made;
        made.run(List.of("compose", "version"));
        Thread ending = new Thread(this::endNow, "compose-end");
        hook = ending;
        Runtime.getRuntime().addShutdownHook(ending);
        progress.accept("compose profile " + chosen.profile() + ": " + chosen.servers() + " servers, each service in a"
                + " container of its own, 3 ZooKeeper, 3 Kafka, 2 gateways, whatever the drill would like");
        long began = System.nanoTime();
        down();
        made.run(UP_LIMIT, compose(chosen.profile(), "up", "--detach", "--wait", "--wait-timeout", "400"));
        long seconds = (System.nanoTime() - began) / 1_000_000_000;
        progress.accept(chosen.containers().size() + " containers healthy after " + seconds + " s");
    }

    private List<String> compose(String profile, String... command) {
        List<String> all = new ArrayList<>(List.of(
                "compose",
                "--project-name",
                PROJECT,
                "--project-directory",
                directory.toString(),
                "--file",
                directory.resolve("docker-compose.yml").toString(),
                "--profile",
                profile));
        all.addAll(List.of(command));
        return all;
    }

    private ComposePlan plan() {
        return up(plan);
    }

    private Docker docker() {
        return up(docker);
    }

    private static <T> T up(@Nullable T part) {
        if (part == null) {
            throw new TargetFailure("the target is not up", null);
        }
        return part;
    }

    @Override
    public List<String> servers() {
        return plan().serverNames();
    }

    @Override
    public Map<String, String> restUrls() {
        return plan().restUrls();
    }

    @Override
    public String jdbcUrl() {
        return plan().jdbcUrl();
    }

    @Override
    public String databaseUser() {
        return USER;
    }

    @Override
    public String databasePassword() {
        return password;
    }

    @Override
    public String kafkaBootstrap() {
        return plan().kafkaBootstrap();
    }

    @Override
    public String zooKeeper() {
        return plan().zooKeeper();
    }

    @Override
    public Optional<String> brokerUrl() {
        return Optional.of(plan().brokerUrl());
    }

    @Override
    public Map<String, String> gateways() {
        return plan().gateways();
    }

    @Override
    public String processOf(String server, String service) {
        return plan().processOf(server, service);
    }

    /** A server by itself is no process: there is no supervisor. */
    @Override
    public boolean running(String process) {
        if (!plan().containers().contains(process)) {
            return false;
        }
        String state = docker().run(List.of("inspect", "--format", "{{.State.Status}}", container(process)));
        return state.equals("running") || state.equals("paused");
    }

    @Override
    public void kill(String process) {
        if (plan().ofServer(process)) {
            signal("KILL", process);
        } else {
            docker().run(List.of("kill", container(process)));
        }
    }

    /** A server ends with all that is on it, as where a supervisor is asked to end. */
    @Override
    public void terminate(String process) {
        if (plan().serverNames().contains(process)) {
            onContainers("stop", process);
        } else if (plan().ofServer(process)) {
            signal("TERM", process);
        } else {
            docker().run(List.of("stop", container(process)));
        }
    }

    /** To every process of the container but its first, which is not Java, and the one that sends it. */
    private void signal(String signal, String process) {
        docker().run(List.of("exec", container(process), "bash", "-c", "kill -" + signal + " -1"));
    }

    /** Tried again, since a busy kernel sometimes fails to stop all threads in the time that the engine gives it. */
    @Override
    public void freeze(String process) {
        for (int tries = 1; ; tries++) {
            try {
                docker().run(List.of("pause", container(process)));
                return;
            } catch (TargetFailure e) {
                if (tries == MOST_FREEZES) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void thaw(String process) {
        docker().run(List.of("unpause", container(process)));
    }

    @Override
    public void start(String process) {
        if (plan().serverNames().contains(process)) {
            onContainers("start", process);
        } else {
            docker().run(List.of("start", container(process)));
        }
    }

    private void onContainers(String command, String host) {
        List<String> arguments = new ArrayList<>(List.of(command));
        plan().containersOf(host).forEach(process -> arguments.add(container(process)));
        docker().run(arguments);
    }

    @Override
    public void killHost(String host) {
        cutHost(host);
        onContainers("kill", host);
    }

    @Override
    public void freezeHost(String host) {
        plan().containersOf(host).forEach(this::freeze);
    }

    @Override
    public void thawHost(String host) {
        onContainers("unpause", host);
    }

    @Override
    public void restoreHost(String host) {
        healHost(host);
        onContainers("start", host);
    }

    @Override
    public void cutHost(String host) {
        if (cut.add(host)) {
            docker().runAll(plan().containersOf(host).stream()
                    .map(process -> List.of("network", "disconnect", "--force", network(), container(process)))
                    .toList());
        }
    }

    @Override
    public void healHost(String host) {
        if (cut.remove(host)) {
            docker().runAll(plan().containersOf(host).stream()
                    .map(process -> List.of(
                            "network",
                            "connect",
                            "--ip",
                            plan().address(process),
                            "--alias",
                            process,
                            network(),
                            container(process)))
                    .toList());
        }
    }

    @Override
    public void cutOneWay(String from, String to) {
        throw impossible("one direction of a link");
    }

    @Override
    public void split(Set<String> one, Set<String> other) {
        throw impossible("some of a container's links");
    }

    @Override
    public void healAll() {
        List.copyOf(cut).forEach(this::healHost);
    }

    @Override
    public void stepClock(String server, Duration offset) {
        throw impossible("the clock of a container");
    }

    private static TargetFailure impossible(String what) {
        return new TargetFailure("docker cannot change " + what + "; run the drill with --target hosts", null);
    }

    private static String container(String process) {
        return PROJECT + "-" + process + "-1";
    }

    private static String network() {
        return PROJECT + "_" + ComposePlan.NETWORK;
    }

    /** Writes down what the containers have said so far. */
    @Override
    public Path logs() {
        Docker made = docker;
        if (made != null) {
            try {
                String all = made.run(compose(ComposePlan.widest(), "logs", "--no-color", "--timestamps"));
                Files.createDirectories(logs);
                Files.writeString(logs.resolve("containers.log"), all);
            } catch (TargetFailure | IOException e) {
                System.err.println("callisto: the containers' logs cannot be kept: " + e.getMessage());
            }
        }
        return logs;
    }

    @Override
    public void close() {
        Thread ending = hook;
        if (ending == null || !closed.compareAndSet(false, true)) {
            return;
        }
        logs();
        down();
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook finds nothing to do.
            ending.setName("compose-end-done");
        }
    }

    private void endNow() {
        if (closed.compareAndSet(false, true)) {
            down();
        }
    }

    /** Removes the project's containers, paused ones too, its network and its data. */
    private void down() {
        docker().run(DOWN_LIMIT, compose(ComposePlan.widest(), "kill"));
        docker().run(
                        DOWN_LIMIT,
                        compose(ComposePlan.widest(), "down", "--volumes", "--remove-orphans", "--timeout", "2"));
    }
}
