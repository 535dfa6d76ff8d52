package io.callisto.events.aggregate;

import io.callisto.ha.Candidacy;
import io.callisto.ha.RoleDuty;
import io.callisto.ha.Scope;
import io.callisto.ha.ServiceHandle;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Stands for every shard of the aggregator while the context runs, and keeps a source ready for those that others own:
 * on a thread of its own, because Kafka may be slow or away. Started and stopped by the context's thread.
 */
final class AggregatorRolesRunner implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(AggregatorRolesRunner.class);
    /** The duty itself waits for records. */
    private static final Duration IDLE = Duration.ofMillis(10);

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration REFRESH = Duration.ofSeconds(5);
    private static final Duration STOP = Duration.ofSeconds(2);

    private final ServiceHandle service;
    private final int shards;
    private final IntFunction<RoleDuty> duties;
    private final EventSources sources;
    private final List<Candidacy> candidacies = new CopyOnWriteArrayList<>();
    private @Nullable CountDownLatch stopped;
    private @Nullable Thread standBy;
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
        CountDownLatch stop = new CountDownLatch(1);
        stopped = stop;
        List<Candidacy> standing = List.copyOf(candidacies);
        Thread thread = new Thread(() -> run(standing, stop), "aggregator-stand-by");
        thread.setDaemon(true);
        standBy = thread;
        thread.start();
        running = true;
    }

    private void run(List<Candidacy> standing, CountDownLatch stop) {
        try {
            boolean all = look(standing, stop);
            while (!stop.await((all ? REFRESH : RETRY).toMillis(), TimeUnit.MILLISECONDS)) {
                all = look(standing, stop);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean look(List<Candidacy> standing, CountDownLatch stop) {
        boolean all = true;
        for (int shard = 0; shard < standing.size() && stop.getCount() > 0; shard++) {
            if (standing.get(shard).lease().isPresent()) {
                sources.drop(shard);
            } else {
                all &= look(shard);
            }
        }
        return all;
    }

    private boolean look(int shard) {
        try {
            return sources.standBy(shard);
        } catch (RuntimeException e) { // the organisations are in the database, which may be away
            log.atDebug().setCause(e).addKeyValue("shard", shard).log("no stand-by now");
            return false;
        }
    }

    @Override
    public void stop() {
        running = false;
        CountDownLatch stop = stopped;
        Thread thread = standBy;
        if (stop != null) {
            stop.countDown();
        }
        candidacies.forEach(Candidacy::close);
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(STOP.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        candidacies.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
