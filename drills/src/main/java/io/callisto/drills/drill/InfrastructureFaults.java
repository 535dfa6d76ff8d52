package io.callisto.drills.drill;

import io.callisto.drills.testbed.DrillTarget;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Faults of what the servers stand on. */
final class InfrastructureFaults {
    private static final int CONNECT_MILLIS = 1_000;
    /** Longer than Kafka waits for a silent broker. */
    private static final Duration AWAY = Duration.ofSeconds(7);

    private InfrastructureFaults() {}

    /** The live message broker dies; its supervisor starts it again as a standby. */
    static Fault killBroker() {
        return stage -> {
            String broker = liveBroker(stage);
            return Harm.passing(
                    "kill -9 " + broker,
                    Set.of(),
                    Duration.ofSeconds(7),
                    () -> stage.target().kill(broker),
                    () -> stage.target().start(broker));
        };
    }

    /** The live message broker stands still for longer than its lock on the store holds, and goes on in the belief. */
    static Fault freezeBroker() {
        return stage -> freeze(stage.target(), liveBroker(stage), AWAY);
    }

    private static String liveBroker(Stage stage) {
        List<String> live = stage.history().liveBrokers();
        return stage.servers().stream()
                        .filter(live::contains)
                        .findFirst()
                        .orElseThrow(() -> new NotPossible("no message broker says that it is live"))
                + "-broker";
    }

    /** A media gateway dies and comes back with its registry; calls go over the other one meanwhile. */
    static Fault killGateway() {
        return stage -> {
            List<String> gateways =
                    stage.target().gateways().keySet().stream().sorted().toList();
            String gateway = gateways.get(stage.random().nextInt(gateways.size()));
            return restart(stage.target(), gateway, Duration.ofSeconds(4));
        };
    }

    /** Two of three ZooKeepers die: no quorum. */
    static Fault loseZooKeeper() {
        return stage -> {
            List<String> all = zooKeepers(stage);
            List<String> most = all.subList(0, all.size() / 2 + 1);
            return Harm.passing(
                    "kill -9 " + String.join(" and ", most),
                    Set.of(),
                    Duration.ofSeconds(8),
                    () -> most.forEach(stage.target()::kill),
                    () -> most.forEach(stage.target()::start));
        };
    }

    /** The leading ZooKeeper dies. */
    static Fault killZooKeeperLeader() {
        return stage -> restart(stage.target(), leader(stage), Duration.ofSeconds(6));
    }

    /** One of three Kafka brokers dies. */
    static Fault killKafka() {
        return stage -> restart(stage.target(), kafka(stage), AWAY);
    }

    /** One of three Kafka brokers stands still and goes on later, with what it thought then. */
    static Fault freezeKafka() {
        return stage -> freeze(stage.target(), kafka(stage), AWAY);
    }

    /** By the number of the run, so that a few runs have met every broker, the leaders of all topics among them. */
    private static String kafka(Stage stage) {
        int count = stage.target().kafkaBootstrap().split(",", -1).length;
        return "kafka" + turn(stage.run(), count);
    }

    /** 1, 2, ... {@code count}, 1, ... */
    static int turn(int run, int count) {
        return 1 + Math.floorMod(run - 1, count);
    }

    /** Nothing is written any more by the dying database, and it starts with a recovery. */
    static Fault killDatabase() {
        return stage -> Harm.passing(
                "kill -9 postgres, start it",
                Set.of(),
                Duration.ofMillis(500),
                () -> {
                    stage.target().kill("postgres");
                    stage.target().start("postgres");
                },
                () -> {});
    }

    /** The database stops and starts again. */
    static Fault restartDatabase() {
        return stage -> Harm.passing(
                "restart postgres",
                Set.of(),
                Duration.ofMillis(500),
                () -> {
                    stage.target().terminate("postgres");
                    Waiting.gone(stage.target(), "postgres");
                    stage.target().start("postgres");
                },
                () -> {});
    }

    private static Harm restart(DrillTarget target, String process, Duration away) {
        return Harm.passing(
                "kill -9 " + process + ", start it after " + away.toSeconds() + " s",
                Set.of(),
                away,
                () -> target.kill(process),
                () -> target.start(process));
    }

    private static Harm freeze(DrillTarget target, String process, Duration away) {
        return Harm.passing(
                "freeze " + process + ", thaw it after " + away.toSeconds() + " s",
                Set.of(),
                away,
                () -> target.freeze(process),
                () -> target.thaw(process));
    }

    private static List<String> zooKeepers(Stage stage) {
        int count = stage.target().zooKeeper().split("/", -1)[0].split(",", -1).length;
        return IntStream.rangeClosed(1, count).mapToObj(i -> "zk" + i).toList();
    }

    private static String leader(Stage stage) {
        List<String> names = zooKeepers(stage);
        String[] addresses = stage.target().zooKeeper().split("/", -1)[0].split(",", -1);
        for (int i = 0; i < addresses.length; i++) {
            if (status(addresses[i]).contains("Mode: leader")) {
                return names.get(i);
            }
        }
        throw new NotPossible("no ZooKeeper says that it leads; its command srvr must be allowed");
    }

    private static String status(String address) {
        int colon = address.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(CONNECT_MILLIS);
            socket.connect(
                    new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
                    CONNECT_MILLIS);
            socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException silent) {
            return "";
        }
    }
}
