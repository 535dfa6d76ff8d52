package io.callisto.manager.dialing;

import java.util.List;

/**
 * A derived copy of the queue for others to look at. Never awaited, may be missing or late; dialing does not depend on
 * it.
 */
interface QueueMirror {
    /** No cache. */
    QueueMirror NONE = new QueueMirror() {
        @Override
        public void queued(JobSpec spec, List<Candidate> candidates) {}

        @Override
        public void left(JobSpec spec, List<Candidate> candidates) {}
    };

    /** Contacts came into the heap. Returns at once. */
    void queued(JobSpec spec, List<Candidate> candidates);

    /** Contacts left the heap. Returns at once. */
    void left(JobSpec spec, List<Candidate> candidates);
}
