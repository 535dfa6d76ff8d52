package io.callisto.domain.contact;

import io.callisto.domain.CompletionCode;
import io.callisto.domain.strategy.CallNode;
import io.callisto.domain.strategy.RetryRule;
import java.time.Duration;

/**
 * What becomes of a contact after an attempt. Pure.
 *
 * @param next the contact's next state
 * @param retryAfter how long to wait; zero unless {@code next} is {@link JobContactState#RETRY_WAIT}
 */
public record ContactDecision(JobContactState next, Duration retryAfter) {
    /** After so many attempts that were never placed something is wrong with the contact or the gateways. */
    public static final int MAX_NOT_PLACED = 20;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /**
     * Decides by the outcome of the attempt just completed.
     *
     * @param attemptsMade attempts at this contact in this job, the completed one included
     * @param stopping whether the job is being stopped: nothing is tried again then
     */
    public static ContactDecision afterAttempt(CallNode node, CompletionCode code, int attemptsMade, boolean stopping) {
        if (code.success()) {
            return new ContactDecision(JobContactState.COMPLETED, Duration.ZERO);
        }
        if (code.retryable() && !stopping) {
            for (RetryRule rule : node.retries()) {
                if (rule.code().equals(code.text())
                        && attemptsMade < rule.maxAttempts()
                        && attemptsMade < node.maxAttempts()) {
                    return new ContactDecision(JobContactState.RETRY_WAIT, rule.after());
                }
            }
        }
        return new ContactDecision(JobContactState.FAILED, Duration.ZERO);
    }

    /**
     * Whether an attempt with this code is known never to have reached the network: it does not count for the contact.
     */
    public static boolean neverPlaced(CompletionCode code) {
        return code == CompletionCode.NOT_PLACED || code == CompletionCode.NO_RESOURCE;
    }

    /**
     * Decides after an attempt that was never placed: the contact has not been called, so it is tried again soon,
     * whatever
     * the retry rules allow. A rule for the code sets the pause.
     *
     * @param notPlaced attempts at this contact in this job that were never placed, this one included; positive
     * @param stopping whether the job is being stopped
     */
    public static ContactDecision afterNotPlaced(CallNode node, CompletionCode code, int notPlaced, boolean stopping) {
        if (stopping || notPlaced >= MAX_NOT_PLACED) {
            return new ContactDecision(JobContactState.FAILED, Duration.ZERO);
        }
        for (RetryRule rule : node.retries()) {
            if (rule.code().equals(code.text())) {
                return new ContactDecision(JobContactState.RETRY_WAIT, rule.after());
            }
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(notPlaced - 1, 6));
        return new ContactDecision(
                JobContactState.RETRY_WAIT, pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
    }
}
