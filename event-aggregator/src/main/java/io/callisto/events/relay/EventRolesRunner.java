package io.callisto.events.relay;

import io.callisto.events.standby.StandByRunner;
import io.callisto.ha.Candidacy;
import io.callisto.ha.RoleDuty;
import io.callisto.ha.Scope;
import io.callisto.ha.ServiceHandle;
import io.callisto.outbox.relay.Gathering;
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
    private static final String OUTBOX = "callisto_outbox";
    private static final String ORGANISATIONS = "callisto_organisation";
    private static final String PRODUCER_SETTINGS = "callisto_producer_settings";

    private final ServiceHandle service;
    private final StreamSettings settings;
    private final Gathering gathering;
    private final IntFunction<RoleDuty> duties;
    private final StandByRunner standBy;
    private final Notices changes;
    private final List<Candidacy> candidacies = new CopyOnWriteArrayList<>();
    private @Nullable GatheredWakeUp wakeUp;
    private final List<AutoCloseable> listening = new CopyOnWriteArrayList<>();
    private volatile boolean running;

    /**
     * @param gathering how long notices are gathered
     * @param duties by shard; asked at each ownership
     * @param changes told of the database's notices
     */
    EventRolesRunner(
            ServiceHandle service,
            StreamSettings settings,
            Gathering gathering,
            IntFunction<RoleDuty> duties,
            StandByRunner standBy,
            Notices changes) {
        this.service = service;
        this.settings = settings;
        this.gathering = gathering;
        this.duties = duties;
        this.standBy = standBy;
        this.changes = changes;
    }

    @Override
    public void start() {
        for (int i = 0; i < settings.shards(); i++) {
            int shard = i;
            candidacies.add(
                    service.standFor(Scope.outbox(shard), settings.idle(), (lease, wake) -> duties.apply(shard)));
        }
        GatheredWakeUp gathered = new GatheredWakeUp(gathering::nanos, () -> candidacies.forEach(Candidacy::wakeUp));
        wakeUp = gathered;
        listening.add(service.onNotify(OUTBOX, payload -> gathered.notice()));
        listening.add(service.onNotify(ORGANISATIONS, payload -> {
            changes.organisations().incrementAndGet();
            candidacies.forEach(Candidacy::wakeUp);
        }));
        listening.add(service.onNotify(PRODUCER_SETTINGS, payload -> {
            changes.settingsChanged().run();
            candidacies.forEach(Candidacy::wakeUp);
        }));
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
        listening.forEach(EventRolesRunner::close);
        listening.clear();
    }

    private static void close(AutoCloseable open) {
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
