package io.callisto.cache.client;

import io.callisto.domain.ContactId;
import java.time.Instant;

/**
 * A contact of a job as the dialer's ready queue holds it.
 *
 * @param contact who
 * @param version of the row in {@code job_contact}: a newer one replaces an older one, never the other way round
 * @param attemptsMade at the contact in this job
 * @param nextAttempt when it is due
 */
public record QueuedContact(ContactId contact, int version, int attemptsMade, Instant nextAttempt) {}
