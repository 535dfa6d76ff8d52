package io.callisto.drills.drill;

import io.callisto.domain.Requirement;
import io.callisto.drills.testbed.FaultKind;
import java.time.Duration;

/** What the servers stand on. */
final class InfrastructureDrills {
    private static final int POM_BROKER = 140;
    private static final Duration BROKER = Duration.ofSeconds(5);
    private static final Duration DATABASE = Duration.ofSeconds(20);
    private static final Duration KAFKA = Duration.ofSeconds(10);

    private InfrastructureDrills() {}

    @Requirement({"MQ-1", "MQ-2"})
    static Drill killBroker() {
        return Drill.of(
                        "kill-broker",
                        "kill -9 of the live message broker",
                        Layouts.three(),
                        InfrastructureFaults.killBroker())
                .needing(FaultKind.KILL)
                .expecting(Expectation.NOTHING_MOVES)
                .within(Limits.within(BROKER))
                .pom(POM_BROKER)
                .with(Trait.BROKER_PROBE, Trait.SHORT);
    }

    @Requirement({"MQ-1", "MQ-2"})
    static Drill freezeBroker() {
        return Drill.of(
                        "freeze-broker",
                        "freezes the live message broker; thawed, it must not be a second one",
                        Layouts.three(),
                        InfrastructureFaults.freezeBroker())
                .needing(FaultKind.FREEZE)
                .expecting(Expectation.NOTHING_MOVES)
                .within(Limits.within(BROKER))
                .pom(POM_BROKER)
                .with(Trait.BROKER_PROBE);
    }

    @Requirement({"CM-4", "CM-5"})
    static Drill killGateway() {
        return Drill.of(
                        "kill-gateway",
                        "kill -9 of a media gateway; calls go over the other one",
                        Layouts.three(),
                        InfrastructureFaults.killGateway())
                .needing(FaultKind.KILL)
                .expecting(Expectation.NOTHING_MOVES)
                .with(Trait.CALLS, Trait.SHORT);
    }

    @Requirement("AM-11")
    static Drill zookeeperLoss() {
        return Drill.of(
                        "zookeeper-loss",
                        "ZooKeeper loses its quorum: nothing stops, nothing moves",
                        Layouts.quorums(),
                        InfrastructureFaults.loseZooKeeper())
                .needing(FaultKind.KILL)
                .expecting(Expectation.NOTHING_MOVES);
    }

    @Requirement("AM-11")
    static Drill zookeeperLeader() {
        return Drill.of(
                        "zookeeper-leader",
                        "kill -9 of the leading ZooKeeper",
                        Layouts.quorums(),
                        InfrastructureFaults.killZooKeeperLeader())
                .needing(FaultKind.KILL)
                .expecting(Expectation.NOTHING_MOVES);
    }

    @Requirement({"EV-3", "EV-5"})
    static Drill kafkaBrokerLoss() {
        return Drill.of(
                        "kafka-broker-loss",
                        "kill -9 of one of three Kafka brokers, each in its turn",
                        Layouts.quorums(),
                        InfrastructureFaults.killKafka())
                .needing(FaultKind.KILL)
                .expecting(Expectation.RECOVERS)
                .within(Limits.within(KAFKA))
                .with(Trait.EVENTS);
    }

    @Requirement({"EV-3", "EV-5"})
    static Drill freezeKafkaBroker() {
        return Drill.of(
                        "freeze-kafka-broker",
                        "freezes one of three Kafka brokers, each in its turn; thawed, it must catch up",
                        Layouts.quorums(),
                        InfrastructureFaults.freezeKafka())
                .needing(FaultKind.FREEZE)
                .expecting(Expectation.RECOVERS)
                .within(Limits.within(KAFKA))
                .with(Trait.EVENTS);
    }

    @Requirement({"DEP-6", "CM-5", "EV-5"})
    static Drill databaseKill() {
        return Drill.of(
                        "database-kill",
                        "kill -9 of every process of the database, which then recovers; work resumes by itself",
                        Layouts.three(),
                        InfrastructureFaults.killDatabase())
                .needing(FaultKind.KILL)
                .expecting(Expectation.RECOVERS)
                .within(Limits.within(DATABASE))
                .with(Trait.ALL_SCOPES);
    }

    @Requirement({"DEP-6", "CM-5"})
    static Drill databaseRestart() {
        return Drill.of(
                        "database-restart",
                        "the database stops and starts again; work resumes by itself",
                        Layouts.three(),
                        InfrastructureFaults.restartDatabase())
                .needing(FaultKind.TERMINATE)
                .expecting(Expectation.RECOVERS)
                .within(Limits.within(DATABASE))
                .with(Trait.ALL_SCOPES);
    }
}
