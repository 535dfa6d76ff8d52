package io.callisto.manager.dialing;

import io.callisto.domain.CompletionCode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A contact that is due, as it was read.
 *
 * @param version of its row: every write checks it
 * @param attemptsMade attempts at it in this job, whatever became of them; the next has this number plus one
 * @param notPlaced those of them that never reached the network
 * @param lastCode how the last attempt ended
 * @param zones candidate time zones of the number
 * @param doNotCall a first look; the reservation looks again
 * @param numberAttempts attempts at the number over all jobs of the organisation
 * @param numberLastAttempt the last of them
 * @param dueAt when it became due
 */
record Candidate(
        long contactId,
        int version,
        int attemptsMade,
        int notPlaced,
        @Nullable CompletionCode lastCode,
        String phoneNumber,
        List<String> zones,
        String userContactId,
        int contactListId,
        boolean doNotCall,
        int numberAttempts,
        @Nullable Instant numberLastAttempt,
        Instant dueAt) {

    Candidate {
        zones = List.copyOf(zones);
    }

    /** Attempts that count for the contact. */
    int attemptsPlaced() {
        return attemptsMade - notPlaced;
    }

    /** Masked: logs must not carry numbers. */
    @Override
    public String toString() {
        return "Candidate[" + contactId + ", version " + version + "]";
    }
}
