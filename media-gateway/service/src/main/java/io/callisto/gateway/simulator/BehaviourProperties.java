package io.callisto.gateway.simulator;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the simulated far ends behave. The first seven are weights: an outcome's share is its weight over their sum.
 * Times are
 * real time, before the time factor.
 *
 * @param answer a human answers
 * @param machine an answering machine does
 * @param noAnswer it rings for the whole ring timeout
 * @param networkFailure the network gives up without ringing
 * @param setupMin shortest time until it rings, or until a call that never rings ends; uniform up to setupMax
 * @param ringMin shortest time until the answer; uniform up to ringMax; one beyond the ring timeout is not answered
 * @param talkMean mean of a human's talk, exponential, at most talkMax
 * @param machineTalk how long a machine or a fax holds the line
 */
public record BehaviourProperties(
        @DefaultValue("45") double answer,
        @DefaultValue("10") double busy,
        @DefaultValue("20") double noAnswer,
        @DefaultValue("15") double machine,
        @DefaultValue("4") double invalid,
        @DefaultValue("2") double fax,
        @DefaultValue("4") double networkFailure,
        @DefaultValue("300ms") Duration setupMin,
        @DefaultValue("1500ms") Duration setupMax,
        @DefaultValue("3s") Duration ringMin,
        @DefaultValue("20s") Duration ringMax,
        @DefaultValue("20s") Duration talkMean,
        @DefaultValue("5m") Duration talkMax,
        @DefaultValue("12s") Duration machineTalk) {
    public BehaviourProperties {
        double[] weights = {answer, busy, noAnswer, machine, invalid, fax, networkFailure};
        double sum = 0;
        for (double weight : weights) {
            if (!(weight >= 0 && weight <= 1e9)) {
                throw new IllegalArgumentException(
                        "a weight of callisto.gateway.behaviour must lie between 0 and 1e9: " + weight);
            }
            sum += weight;
        }
        if (sum == 0) {
            throw new IllegalArgumentException("all weights of callisto.gateway.behaviour are 0");
        }
        range("setup", setupMin, setupMax);
        range("ring", ringMin, ringMax);
        range("talk", talkMean, talkMax);
        range("machine-talk", machineTalk, Duration.ofDays(1));
    }

    private static void range(String what, Duration from, Duration to) {
        if (from.isNegative() || from.compareTo(to) > 0 || to.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("times of callisto.gateway.behaviour." + what
                    + " must rise and lie between 0 and one day: " + from + ", " + to);
        }
    }
}
