package io.callisto.cache.client;

import java.time.Duration;
import java.util.OptionalLong;
import javax.cache.CacheException;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.IgniteException;
import org.apache.ignite.lang.IgniteFuture;

/**
 * The token that says which generation of the cache's data this node sees: the epoch of scope {@code cache}. A part of
 * a split
 * cluster that the owner does not reach keeps an old one, and a cluster that was lost has none.
 */
public final class CacheGeneration {
    private static final String KEY = "generation";

    private final IgniteNode node;
    private final long timeoutMillis;

    /**
     * @param operationTimeout of one operation of the cache
     */
    public CacheGeneration(IgniteNode node, Duration operationTimeout) {
        this.node = node;
        this.timeoutMillis = operationTimeout.toMillis();
    }

    /** What the cache says; empty where it holds none, or is away. */
    public OptionalLong read() {
        return node.ready()
                .map(ignite -> answer(ignite, generations -> generations.getAsync(KEY)))
                .orElse(OptionalLong.empty());
    }

    /** Raises it to {@code epoch}, never lowers it, and says what it is then; empty where the cache is away. */
    public OptionalLong raise(long epoch) {
        return node.ready()
                .map(ignite -> answer(ignite, generations -> generations.invokeAsync(KEY, new RaiseGeneration(epoch))))
                .orElse(OptionalLong.empty());
    }

    private interface Operation {
        IgniteFuture<Long> on(IgniteCache<String, Long> generations);
    }

    private OptionalLong answer(Ignite ignite, Operation operation) {
        try {
            Long answer = operation.on(ignite.cache(Caches.GENERATION)).get(timeoutMillis);
            return answer == null ? OptionalLong.empty() : OptionalLong.of(answer);
        } catch (IgniteException | CacheException | IllegalStateException away) {
            return OptionalLong.empty();
        }
    }
}
