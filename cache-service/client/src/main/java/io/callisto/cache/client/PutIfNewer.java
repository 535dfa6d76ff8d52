package io.callisto.cache.client;

import java.util.UUID;
import javax.cache.processor.MutableEntry;
import org.apache.ignite.cache.CacheEntryProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Puts a value unless the entry holds the same version or a newer one. Runs where the entry's primary copy is. A class,
 * not a
 * record: Ignite sets fields in a way that records do not allow.
 */
final class PutIfNewer implements CacheEntryProcessor<UUID, long[], Boolean> {
    private static final long serialVersionUID = 1L;

    private final long[] value;

    /**
     * @param value its first element is the version
     */
    PutIfNewer(long[] value) {
        this.value = value;
    }

    /** Null where put; FALSE where what is there is as new. */
    @Override
    public @Nullable Boolean process(MutableEntry<UUID, long[]> entry, Object... arguments) {
        long[] present = entry.getValue();
        if (present != null && present[0] >= value[0]) {
            return Boolean.FALSE;
        }
        entry.setValue(value);
        return null;
    }
}
