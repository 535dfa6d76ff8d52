package io.callisto.domain.agent;

import static io.callisto.domain.agent.CallTerms.requirePositive;

import java.time.Duration;

/**
 * How long an agent manager waits for what, and how often. Every wait has an end.
 *
 * @param nail for nailing
 * @param call for calls
 * @param consult for consultations
 * @param desktopGrace how long a session without a desktop is kept
 * @param maxJobs how many jobs an agent is attached to at most
 */
public record AgentSettings(Nail nail, Call call, Consult consult, Duration desktopGrace, int maxJobs) {
    public AgentSettings {
        requirePositive(desktopGrace, "the grace of a desktop");
        requireAtLeastOne(maxJobs, "the number of jobs");
    }

    /**
     * Waits of nailing.
     *
     * @param answer for the desktop to confirm and for the agent's phone to answer
     * @param pause before a lost nailing is put up again
     * @param tries how often that is tried
     * @param patience how long a gateway that does not answer is believed to come back
     */
    public record Nail(Duration answer, Duration pause, int tries, Duration patience) {
        public Nail {
            requirePositive(answer, "the wait for an agent's phone");
            requirePositive(pause, "the pause before a nailing is tried again");
            requireAtLeastOne(tries, "the number of tries to nail up");
            requirePositive(patience, "the patience with a gateway");
        }
    }

    /**
     * Waits of calls.
     *
     * @param bridge for customer and agent to be connected
     * @param ring for the customer to answer
     * @param longest how long a call may last
     * @param maxRedials how often an agent may dial a contact again
     */
    public record Call(Duration bridge, Duration ring, Duration longest, int maxRedials) {
        public Call {
            requirePositive(bridge, "the wait for a bridge");
            requirePositive(ring, "the ringing time");
            requirePositive(longest, "the longest call");
            if (maxRedials < 0) {
                throw new IllegalArgumentException("the number of redials must not be negative: " + maxRedials);
            }
        }
    }

    /**
     * Waits of consultations.
     *
     * @param answer for the consulted to join, also where they are busy
     * @param maxPending how many may wait for one busy agent
     */
    public record Consult(Duration answer, int maxPending) {
        public Consult {
            requirePositive(answer, "the wait for a consulted party");
            requireAtLeastOne(maxPending, "the number of consultations that may wait");
        }
    }

    /** What suits a contact centre: POM's values where it has them. */
    public static AgentSettings defaults() {
        return new AgentSettings(
                new Nail(Duration.ofSeconds(30), Duration.ofSeconds(2), 3, Duration.ofSeconds(30)),
                new Call(Duration.ofSeconds(5), Duration.ofSeconds(45), Duration.ofMinutes(60), 5),
                new Consult(Duration.ofSeconds(60), 2),
                Duration.ofSeconds(60),
                8);
    }

    private static void requireAtLeastOne(int number, String what) {
        if (number < 1) {
            throw new IllegalArgumentException(what + " must be at least 1: " + number);
        }
    }
}
