package io.callisto.events.aggregate;

import io.callisto.events.standby.StandByRunner;
import io.callisto.ha.Candidacy;
import io.callisto.ha.RoleDuty;
import io.callisto.ha.Scope;
import io.callisto.ha.ServiceHandle;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Stands for every shard of the aggregator while the context runs, and keeps a source ready for those that others own.
 * Started and stopped by the context's thread.
 */
final class AggregatorRolesRunner implements SmartLifecycle {
    /** The duty itself waits for records. */
    private static final Duration IDLE = Duration.ofMillis(10);

    private static final Duration REFRESH = Duration.ofSeconds(5);

    private final ServiceHandle service;
    private final int shards;
    private final IntFunction<RoleDuty> duties;
    private final EventSources sources;
    private final List<Candidacy> candidacies = new CopyOnWriteArrayList<>();
    private @Nullable StandByRunner standBy;
    private volatile boolean running;

    /**
     * @param duties by shard; asked at each ownership
     */
    AggregatorRolesRunner(ServiceHandle service, int shards, IntFunction<RoleDuty> duties, EventSources sources) {
        this.service = service;
        this.shards = shards;
        this.duties = duties;
        this.sources = sources;
    }

    @Override
    public void start() {
        for (int i = 0; i < shards; i++) {
            int shard = i;
            candidacies.add(service.standFor(Scope.aggregator(shard), IDLE, (lease, wake) -> duties.apply(shard)));
        }
        List<Candidacy> standing = List.copyOf(candidacies);
        StandByRunner ready = new StandByRunner("aggregator", shards, REFRESH, new Sources());
        ready.start(shard -> standing.get(shard).lease().isPresent());
        standBy = ready;
        running = true;
    }

    private final class Sources implements StandByRunner.Preparation {
        @Override
        public boolean standBy(int shard) {
            return sources.standBy(shard);
        }

        @Override
        public void owned(int shard) {
            sources.drop(shard);
        }
    }

    @Override
    public void stop() {
        running = false;
        StandByRunner ready = standBy;
        if (ready != null) {
            ready.stop();
        }
        // The roles first: the next owner does not wait for a source of ours that Kafka holds up.
        candidacies.forEach(Candidacy::close);
        if (ready != null) {
            ready.close();
        }
        candidacies.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
