package io.callisto.events.publication;

import io.callisto.messaging.OutgoingMessage;
import java.util.Map;
import java.util.UUID;

/**
 * An attempt's result that is to be published.
 *
 * @param id gives the order, and is the duplicate-detection id
 * @param body JSON
 * @param tries so far, by whichever owner
 */
record WaitingResult(long id, int organisationId, long jobId, UUID attemptId, String body, int tries) {

    boolean repeated() {
        return tries > 0;
    }

    /**
     * As it goes to the broker.
     *
     * @param epoch of the sender
     */
    OutgoingMessage message(long epoch) {
        return new OutgoingMessage(
                "publication-" + id,
                "job-" + jobId,
                body,
                Map.of("callistoAttemptId", attemptId.toString()),
                Map.of(
                        "callistoEpoch", epoch,
                        "callistoPublicationId", id,
                        "callistoOrganisationId", (long) organisationId,
                        "callistoJobId", jobId),
                repeated());
    }
}
