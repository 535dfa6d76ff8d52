package io.callisto.cache.client;

import javax.cache.processor.MutableEntry;
import org.apache.ignite.cache.CacheEntryProcessor;

/** Sets the generation unless it is higher already; answers what it is then. */
final class RaiseGeneration implements CacheEntryProcessor<String, Long, Long> {
    private static final long serialVersionUID = 1L;

    private final long generation;

    RaiseGeneration(long generation) {
        this.generation = generation;
    }

    @Override
    public Long process(MutableEntry<String, Long> entry, Object... arguments) {
        Long present = entry.getValue();
        if (present != null && present >= generation) {
            return present;
        }
        entry.setValue(generation);
        return generation;
    }
}
