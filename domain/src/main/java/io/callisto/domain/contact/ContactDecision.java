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
}
