package io.callisto.drills.testbed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A cluster to do faults to. Processes are named as {@code callisto status} names them: {@code postgres}, {@code zk1},
 * {@code kafka1}, {@code g1}, {@code s1} (supervisor, where there is one), {@code s1-server}, {@code s1-broker}, and in
 * the processes layout {@code s1-rule-engine} and so on. Hosts: {@code db}, {@code zk1}, {@code kafka1}, {@code g1},
 * {@code s1}. Faults return when they are done to the process or link, not when anybody has noticed. Used by one
 * thread.
 */
public interface DrillTarget extends AutoCloseable {
    /** What it is, for the report: {@code network namespaces}, {@code loopback processes}, {@code compose}. */
    String description();

    /** What can be done to it. */
    Set<FaultKind> supported();

    /**
     * Starts the cluster, empty, and returns when it works.
     *
     * @throws TargetFailure saying what is wrong and what to do
     */
    void up(DrillLayout layout, Consumer<String> progress);

    /** Names of the servers: {@code s1}, {@code s2}... */
    List<String> servers();

    /** REST base address of each server, by its name. */
    Map<String, String> restUrls();

    String jdbcUrl();

    String databaseUser();

    String databasePassword();

    String kafkaBootstrap();

    String zooKeeper();

    /** JMS address of the message brokers; empty where nobody outside the cluster can reach them. */
    default Optional<String> brokerUrl() {
        return Optional.empty();
    }

    /** Media gateways: id to {@code host:port}. */
    Map<String, String> gateways();

    /**
     * Name of the process in which a service of a server runs: {@code s1-server} or {@code s1-rule-engine}.
     *
     * @param service such as {@code rule-engine}
     */
    String processOf(String server, String service);

    /** Whether the process is there now. */
    boolean running(String process);

    void kill(String process);

    void terminate(String process);

    void freeze(String process);

    void thaw(String process);

    /**
     * Makes a process run again that nobody restarts by itself (infrastructure, a killed supervisor), if it does not.
     */
    void start(String process);

    void killHost(String host);

    void freezeHost(String host);

    void thawHost(String host);

    /** Starts everything on the host that ran there before, and heals its link. */
    void restoreHost(String host);

    void cutHost(String host);

    void healHost(String host);

    /** What {@code from} sends does not reach {@code to}. */
    void cutOneWay(String from, String to);

    /** Hosts of one group do not hear those of the other; hosts in neither hear all. */
    void split(Set<String> one, Set<String> other);

    /** Undoes all cuts and splits. */
    void healAll();

    /** Lets the wall clock of a server's Java processes jump by this much from their true time; zero puts it right. */
    void stepClock(String server, Duration offset);

    /** Where logs are. */
    Path logs();

    /** Undoes all faults, stops the cluster, removes hosts and data. Never leaves a process behind. */
    @Override
    void close();
}
