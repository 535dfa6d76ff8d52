package io.callisto.console.counting;

import io.callisto.domain.Ticker;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Remembers a count for ten times as long as it took: counting 5,000 rows is fresh within some hundredths of a second,
 * counting 10,000,000 within some seconds, and either way one key costs the database at most a tenth of a connection.
 * Thread-safe.
 */
public final class CountMemory<K, V> {
    private static final int TIMES = 10;
    private static final int CAPACITY = 1000;

    private final Ticker ticker;
    private final ConcurrentMap<K, Count<V>> counts = new ConcurrentHashMap<>();

    public CountMemory(Ticker ticker) {
        this.ticker = ticker;
    }

    private record Count<V>(V value, long untilNanos) {}

    /**
     * @param key what is counted; put into it whatever must not be answered from memory when it changes
     * @param counter counts anew
     */
    public V get(K key, Supplier<V> counter) {
        Count<V> known = counts.get(key);
        long before = ticker.nanos();
        if (known != null && before - known.untilNanos() < 0) {
            return known.value();
        }
        V value = counter.get();
        long after = ticker.nanos();
        if (counts.size() >= CAPACITY) {
            counts.clear();
        }
        counts.put(key, new Count<>(value, after + TIMES * (after - before)));
        return value;
    }
}
