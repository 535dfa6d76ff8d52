package io.callisto.manager.dialing;

import io.callisto.domain.attempt.AttemptState;
import java.util.UUID;

/**
 * An attempt that is not final, as its row is.
 *
 * @param notPlacedBefore attempts at the contact before this one that never reached the network
 * @param version of the row, which is also the sequence of its last event
 * @param bornNanos monotonic time of the reservation
 * @param deadlineNanos monotonic time after which the gateway is asked
 */
record LiveAttempt(
        UUID id,
        long contactId,
        int attemptNo,
        int notPlacedBefore,
        String phoneNumber,
        String userContactId,
        int contactListId,
        String gatewayId,
        long incarnation,
        AttemptState state,
        int version,
        long bornNanos,
        long deadlineNanos) {

    LiveAttempt moved(AttemptState next, int nextVersion, long nextDeadlineNanos) {
        return new LiveAttempt(
                id,
                contactId,
                attemptNo,
                notPlacedBefore,
                phoneNumber,
                userContactId,
                contactListId,
                gatewayId,
                incarnation,
                next,
                nextVersion,
                bornNanos,
                nextDeadlineNanos);
    }

    /** Masked: logs must not carry numbers. */
    @Override
    public String toString() {
        return "LiveAttempt[" + id + ", " + state + "]";
    }
}
