package io.callisto.domain.strategy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The strategy's call node (POM: Call handler).
 *
 * @param ringTimeout how long it may ring before {@code Ring_No_Answer}; POM's default is 45 s, its least 15 s; ours 5
 *     s to 120 s
 * @param callsPerSecond time-based pacing: calls placed per second and zone; 0.01 to 10,000
 * @param maxCalls calls in progress at once (POM: max ports), per zone; 1 to 100,000
 * @param maxAttempts attempts at one contact in the job, over all outcomes; 1 to 100
 * @param minGap least time between two attempts at one number, over all jobs of the organisation
 * @param window when the contact may be called, in its own time zone(s)
 * @param retries what follows which completion code; a code without a rule ends the contact
 */
public record CallNode(
        Duration ringTimeout,
        double callsPerSecond,
        int maxCalls,
        int maxAttempts,
        Duration minGap,
        CallingWindow window,
        List<RetryRule> retries) {
    public CallNode {
        retries = List.copyOf(retries);
        if (ringTimeout.toMillis() < 5_000 || ringTimeout.toMillis() > 120_000) {
            throw new IllegalArgumentException("ringTimeout must lie between PT5S and PT2M: " + ringTimeout);
        }
        if (!(callsPerSecond >= 0.01 && callsPerSecond <= 10_000)) {
            throw new IllegalArgumentException("callsPerSecond must lie between 0.01 and 10000: " + callsPerSecond);
        }
        if (maxCalls < 1 || maxCalls > 100_000) {
            throw new IllegalArgumentException("maxCalls must lie between 1 and 100000: " + maxCalls);
        }
        if (maxAttempts < 1 || maxAttempts > 100) {
            throw new IllegalArgumentException("maxAttempts must lie between 1 and 100: " + maxAttempts);
        }
        if (minGap.isNegative() || minGap.compareTo(Duration.ofDays(30)) > 0) {
            throw new IllegalArgumentException("minGap must lie between PT0S and P30D: " + minGap);
        }
        Set<String> seen = new HashSet<>();
        for (RetryRule rule : retries) {
            if (!seen.add(rule.code())) {
                throw new IllegalArgumentException("two retry rules for completion code '" + rule.code() + "'");
            }
        }
    }
}
