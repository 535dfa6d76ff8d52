package io.callisto.manager.dialing;

import io.callisto.cache.client.ContactQueueCache;
import io.callisto.cache.client.QueuedContact;
import io.callisto.domain.ContactId;
import io.callisto.domain.JobId;
import io.callisto.domain.ZoneId;
import java.util.List;

/** The queue's copy in the cluster's cache, which writes it in its own time and drops what it cannot write. */
final class CachedQueueMirror implements QueueMirror {
    private final ContactQueueCache cache;

    CachedQueueMirror(ContactQueueCache cache) {
        this.cache = cache;
    }

    @Override
    public void queued(JobSpec spec, List<Candidate> candidates) {
        cache.offer(
                new JobId(spec.jobId()),
                new ZoneId(spec.zoneId()),
                candidates.stream()
                        .map(candidate -> new QueuedContact(
                                new ContactId(candidate.contactId()),
                                candidate.version(),
                                candidate.attemptsMade(),
                                candidate.dueAt()))
                        .toList());
    }

    @Override
    public void left(JobSpec spec, List<Candidate> candidates) {
        cache.remove(
                new JobId(spec.jobId()),
                candidates.stream()
                        .map(candidate -> new ContactId(candidate.contactId()))
                        .toList());
    }
}
