package io.callisto.server.kafkaha;

import java.time.Duration;

/**
 * The load to size for.
 *
 * @param attemptsPerHour of all jobs
 * @param eventsPerAttempt events of topic ATTEMPT for one attempt
 * @param agents logged in
 * @param agentEventsPerHour state changes of one agent in an hour
 * @param jobs running
 * @param jobEventsPerHour state changes of one job in an hour
 * @param statistics cadence of the two statistics topics
 * @param retention of all topics
 * @param replication replicas of every topic
 * @param brokers among which they are spread
 * @param consumers event clients that read everything
 * @param window time over which the relay gathers events into one transaction
 * @param headroom share of the disk that should stay free, 0 to 0.9
 */
public record SizingInput(
        double attemptsPerHour,
        double eventsPerAttempt,
        int agents,
        double agentEventsPerHour,
        int jobs,
        double jobEventsPerHour,
        Duration statistics,
        Duration retention,
        int replication,
        int brokers,
        int consumers,
        Duration window,
        double headroom) {
    public SizingInput {
        require(attemptsPerHour >= 0 && eventsPerAttempt >= 0, "attempts must not be negative");
        require(agents >= 0 && jobs >= 0 && consumers >= 0, "agents, jobs and consumers must not be negative");
        require(agentEventsPerHour >= 0 && jobEventsPerHour >= 0, "events per hour must not be negative");
        require(positive(statistics) && positive(retention) && positive(window), "times must be positive");
        require(brokers >= 1, "there must be a broker");
        require(
                replication >= 1 && replication <= brokers,
                "a replication factor of " + replication + " does not go with " + brokers + " brokers");
        require(headroom >= 0 && headroom <= 0.9, "--headroom must be 0 to 90 percent");
    }

    private static boolean positive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
