package io.callisto.domain.strategy;

import java.time.Duration;

/**
 * What follows a completion code.
 *
 * @param code text of a retryable system completion code, such as {@code Call_Busy}
 * @param after how long to wait before the next attempt; not negative, at most 30 days
 * @param maxAttempts attempts at the contact, this kind of outcome included, after which it is given up; 1 to 100
 */
public record RetryRule(String code, Duration after, int maxAttempts) {
    private static final Duration LONGEST = Duration.ofDays(30);

    public RetryRule {
        if (!io.callisto.domain.CompletionCode.ofText(code).retryable()) {
            throw new IllegalArgumentException("completion code '" + code + "' is final and cannot be retried");
        }
        if (after.isNegative() || after.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("retry 'after' must lie between PT0S and P30D: " + after);
        }
        if (maxAttempts < 1 || maxAttempts > 100) {
            throw new IllegalArgumentException("retry 'maxAttempts' must lie between 1 and 100: " + maxAttempts);
        }
    }
}
