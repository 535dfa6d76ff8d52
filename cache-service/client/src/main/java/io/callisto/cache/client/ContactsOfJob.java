package io.callisto.cache.client;

import java.util.List;
import java.util.UUID;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.query.QueryCursor;
import org.apache.ignite.cache.query.ScanQuery;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/** Ids of the contacts of a job, from one server's own copy: every server has all. */
final class ContactsOfJob implements IgniteCallable<long[]> {
    private static final long serialVersionUID = 1L;

    private final long jobId;

    @IgniteInstanceResource
    private transient @Nullable Ignite ignite;

    ContactsOfJob(long jobId) {
        this.jobId = jobId;
    }

    @Override
    public long[] call() {
        Ignite local = ignite;
        if (local == null) {
            throw new IllegalStateException("not run by Ignite");
        }
        long wanted = jobId;
        ScanQuery<UUID, long[]> scan =
                new ScanQuery<UUID, long[]>((key, value) -> key.getMostSignificantBits() == wanted).setLocal(true);
        try (QueryCursor<Cache.Entry<UUID, long[]>> cursor =
                local.<UUID, long[]>cache(Caches.CONTACT_QUEUE).query(scan)) {
            List<Cache.Entry<UUID, long[]>> entries = cursor.getAll();
            return entries.stream()
                    .mapToLong(entry -> entry.getKey().getLeastSignificantBits())
                    .toArray();
        }
    }
}
