package io.callisto.events.aggregate;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the aggregator keeps of an attempt.
 *
 * @param dossier what was said about it
 * @param issuedSeq of its last result, 0 for none yet
 * @param issued what that said; null for none, or where nobody knows any more
 * @param unnamed whether it is over and the name of its job's campaign is missing
 * @param waitingSince since when its result waits for something; null for not
 * @param dueAt when it is looked at again by itself; null for never
 * @param deleteAt when it may be forgotten; null for a new one
 */
record Card(
        UUID attemptId,
        int organisationId,
        Dossier dossier,
        int issuedSeq,
        @Nullable Issued issued,
        boolean unnamed,
        @Nullable Instant waitingSince,
        @Nullable Instant dueAt,
        @Nullable Instant deleteAt) {

    static Card of(UUID attemptId, int organisationId) {
        return new Card(attemptId, organisationId, Dossier.EMPTY, 0, null, false, null, null, null);
    }

    @Nullable
    Long jobId() {
        AttemptFacts facts = dossier.facts();
        return facts == null ? null : facts.jobId();
    }

    Card with(Dossier changed) {
        return new Card(attemptId, organisationId, changed, issuedSeq, issued, unnamed, waitingSince, dueAt, deleteAt);
    }

    /** A result of it exists. */
    Card issued(int seq, @Nullable Issued says) {
        return new Card(attemptId, organisationId, dossier, seq, says, unnamed, waitingSince, dueAt, deleteAt);
    }

    /** Its result waits. */
    Card waiting(Instant since, Instant until, Instant forgetAt) {
        return new Card(attemptId, organisationId, dossier, issuedSeq, issued, false, since, until, forgetAt);
    }

    /** Nothing is to be done before something else is said about it. */
    Card settled(boolean nameMissing, Instant forgetAt) {
        return new Card(attemptId, organisationId, dossier, issuedSeq, issued, nameMissing, null, null, forgetAt);
    }
}
