package io.callisto.events.relay;

import io.callisto.ha.Candidacy;
import io.callisto.ha.RoleDuty;
import io.callisto.ha.Scope;
import io.callisto.ha.ServiceHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Stands for every outbox shard while the context runs. Started and stopped by the context's thread. */
final class EventRolesRunner implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(EventRolesRunner.class);
    private static final String CHANNEL = "callisto_outbox";

    private final ServiceHandle service;
    private final StreamSettings settings;
    private final IntFunction<RoleDuty> duties;
    private final StandByRunner standBy;
    private final List<Candidacy> candidacies = new CopyOnWriteArrayList<>();
    private @Nullable GatheredWakeUp wakeUp;
    private @Nullable AutoCloseable notices;
    private volatile boolean running;

    /**
     * @param duties by shard; asked at each ownership
     */
    EventRolesRunner(
            ServiceHandle service, StreamSettings settings, IntFunction<RoleDuty> duties, StandByRunner standBy) {
        this.service = service;
        this.settings = settings;
        this.duties = duties;
        this.standBy = standBy;
    }

    @Override
    public void start() {
        for (int i = 0; i < settings.shards(); i++) {
            int shard = i;
            candidacies.add(
                    service.standFor(Scope.outbox(shard), settings.idle(), (lease, wake) -> duties.apply(shard)));
        }
        GatheredWakeUp gathered = new GatheredWakeUp(settings.gather(), () -> candidacies.forEach(Candidacy::wakeUp));
        wakeUp = gathered;
        notices = service.onNotify(CHANNEL, payload -> gathered.notice());
        standBy.start(shard -> candidacies.get(shard).lease().isPresent());
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        standBy.close();
        candidacies.forEach(Candidacy::close);
        candidacies.clear();
        if (wakeUp != null) {
            wakeUp.close();
        }
        stopListening();
    }

    private void stopListening() {
        AutoCloseable open = notices;
        notices = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) { // what AutoCloseable declares; the coordinator's own end closes it as well
            log.atDebug().setCause(e).log("listening was not ended cleanly");
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
