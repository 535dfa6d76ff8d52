package io.callisto.rules.decide;

import io.callisto.domain.ContactId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a candidate.
 *
 * @param contact who
 * @param zones candidate IANA zones of the number
 * @param doNotCall whether the number is on a do-not-call list
 * @param attemptsMade at this contact in this job
 * @param numberAttempts at this number over all jobs of the organisation
 * @param lastAttempt at this number, over all jobs; null: never
 * @param lastCompletionCode of this contact in this job; 0: none
 * @param country calling code, without the plus sign
 */
public record ContactFacts(
        ContactId contact,
        List<String> zones,
        boolean doNotCall,
        int attemptsMade,
        int numberAttempts,
        @Nullable Instant lastAttempt,
        int lastCompletionCode,
        String country) {
    public ContactFacts {
        zones = List.copyOf(zones);
    }
}
