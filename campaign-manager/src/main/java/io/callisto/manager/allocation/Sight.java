package io.callisto.manager.allocation;

import io.callisto.domain.job.JobZone;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a manager sees of the allocation, at one instant.
 *
 * @param director how the common director is
 * @param parts the parts of jobs that are to be dialed or brought to rest, whoever does it
 */
record Sight(Director director, List<Part> parts) {
    Sight {
        parts = List.copyOf(parts);
    }

    /** How the common director is. */
    enum Director {
        /** It holds its lease and has looked over all jobs. */
        SETTLED,
        /** It holds its lease, but has just come: what it thinks of the allocation is not known yet. */
        NEW,
        /** Nobody holds its lease; the next one may be there in a moment. */
        MISSING,
        /** Nobody has held its lease for so long that the managers must help themselves. */
        AWAY
    }

    /**
     * A part of a job.
     *
     * @param part the job and zone
     * @param allocatedTo server that the director chose, if it has
     * @param holder server that dials it now, if any does
     * @param wished where the administrator wants it to be, if he said
     */
    record Part(
            JobZone part,
            @Nullable String allocatedTo,
            @Nullable String holder,
            @Nullable String wished) {}
}
