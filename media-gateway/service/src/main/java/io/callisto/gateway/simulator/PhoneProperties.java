package io.callisto.gateway.simulator;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How agents' phones behave, and customers towards agents. The first four are weights: an outcome's share is its weight
 * over their sum. Times are real time, before the time factor.
 *
 * @param answer the phone is answered
 * @param noAnswer it rings for the whole ring timeout
 * @param failure it cannot be reached
 * @param ringMin shortest time until the answer, or until a busy or failed phone is found so; uniform up to ringMax
 * @param drop share of the answered phones, 0 to 1, that hang up by themselves some time
 * @param dropMean mean of the time until they do, exponential
 * @param trunkSetup time until a trunk to another gateway is up
 * @param externalTalkMean mean of the time after which an outside party hangs up, exponential
 * @param patienceMin shortest time for which a customer waits for an agent; uniform up to patienceMax
 * @param talkMean mean of the time for which a customer stays, once connected to an agent, exponential from talkMin on
 * @param talkMax longest such time
 * @param message how long an announcement lasts
 * @param forcedOutcomes outcome by last digits of an agent's or outside number, as of customers' numbers
 */
public record PhoneProperties(
        @DefaultValue("1") double answer,
        @DefaultValue("0") double busy,
        @DefaultValue("0") double noAnswer,
        @DefaultValue("0") double failure,
        @DefaultValue("500ms") Duration ringMin,
        @DefaultValue("3s") Duration ringMax,
        @DefaultValue("0") double drop,
        @DefaultValue("30m") Duration dropMean,
        @DefaultValue("80ms") Duration trunkSetup,
        @DefaultValue("60s") Duration externalTalkMean,
        @DefaultValue("10s") Duration patienceMin,
        @DefaultValue("30s") Duration patienceMax,
        @DefaultValue("5s") Duration talkMin,
        @DefaultValue("90s") Duration talkMean,
        @DefaultValue("15m") Duration talkMax,
        @DefaultValue("6s") Duration message,
        @DefaultValue Map<String, String> forcedOutcomes) {
    private static final String NAME = "callisto.gateway.agent-phones.";

    public PhoneProperties {
        forcedOutcomes = Map.copyOf(forcedOutcomes);
        ForcedOutcomes.check(forcedOutcomes);
        double sum = 0;
        for (double weight : new double[] {answer, busy, noAnswer, failure}) {
            if (!(weight >= 0 && weight <= 1e9)) {
                throw new IllegalArgumentException("a weight of " + NAME + "* must lie between 0 and 1e9: " + weight);
            }
            sum += weight;
        }
        if (sum == 0) {
            throw new IllegalArgumentException("all weights of " + NAME + "* are 0");
        }
        if (!(drop >= 0 && drop <= 1)) {
            throw new IllegalArgumentException(NAME + "drop must lie between 0 and 1: " + drop);
        }
        range("ring", ringMin, ringMax);
        range("drop-mean", Duration.ofMillis(1), dropMean);
        range("trunk-setup", Duration.ZERO, trunkSetup);
        range("external-talk-mean", Duration.ofMillis(1), externalTalkMean);
        range("patience", patienceMin, patienceMax);
        range("talk", talkMin, talkMean);
        range("talk", talkMean, talkMax);
        range("message", Duration.ZERO, message);
    }

    private static void range(String what, Duration from, Duration to) {
        if (from.isNegative() || from.compareTo(to) > 0 || to.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "times of " + NAME + what + " must rise and lie between 0 and one day: " + from + ", " + to);
        }
    }
}
