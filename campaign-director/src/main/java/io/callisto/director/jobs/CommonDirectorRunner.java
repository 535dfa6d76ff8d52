package io.callisto.director.jobs;

import io.callisto.ha.Candidacy;
import io.callisto.ha.FailBack;
import io.callisto.ha.RoleDutyFactory;
import io.callisto.ha.Scope;
import io.callisto.ha.ServiceHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** This JVM's candidacy for the common director. */
final class CommonDirectorRunner implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(CommonDirectorRunner.class);
    private static final List<String> WAKING =
            List.of("callisto_job", "callisto_node", "callisto_wish", "callisto_zone");

    private final ServiceHandle handle;
    private final Duration idle;
    private final FailBack failBack;
    private final RoleDutyFactory duties;
    private final Runnable rehearsal;
    private final List<AutoCloseable> subscriptions = new ArrayList<>();
    private volatile @Nullable Candidacy candidacy;

    /** @param rehearsal done once on a thread of its own; may fail */
    CommonDirectorRunner(
            ServiceHandle handle, Duration idle, FailBack failBack, RoleDutyFactory duties, Runnable rehearsal) {
        this.handle = handle;
        this.idle = idle;
        this.failBack = failBack;
        this.duties = duties;
        this.rehearsal = rehearsal;
    }

    @Override
    public synchronized void start() {
        if (candidacy != null) {
            return;
        }
        Candidacy standing = handle.standFor(Scope.director(), idle, failBack, duties);
        candidacy = standing;
        String scope = Scope.director().value();
        subscriptions.add(handle.onNotify("callisto_command", payload -> {
            if (payload.isEmpty() || payload.equals(scope)) {
                standing.wakeUp();
            }
        }));
        // A manager gives a job back, comes, leaves, dies, or is to be stopped: its jobs must not wait for a sweep.
        subscriptions.add(handle.onNotify("callisto_lease", payload -> {
            if (payload.isEmpty() || payload.startsWith("job/")) {
                standing.wakeUp();
            }
        }));
        for (String channel : WAKING) {
            subscriptions.add(handle.onNotify(channel, payload -> standing.wakeUp()));
        }
        Thread rehearsing = new Thread(this::rehearse, "director-rehearsal");
        rehearsing.setDaemon(true);
        rehearsing.start();
    }

    private void rehearse() {
        try {
            rehearsal.run();
        } catch (RuntimeException failed) {
            log.atDebug().setCause(failed).log("no rehearsal: the first takeover will be slower");
        }
    }

    /**
     * Wakes the duty. Takes no lock: who brings the news must not wait for a role that is handed over.
     *
     * @param scope whose owner is meant; empty: everybody's
     */
    void wakeUp(String scope) {
        Candidacy standing = candidacy;
        if (standing != null
                && (scope.isEmpty() || scope.equals(Scope.director().value()))) {
            standing.wakeUp();
        }
    }

    @Override
    public synchronized void stop() {
        for (AutoCloseable subscription : subscriptions) {
            try {
                subscription.close();
            } catch (Exception failed) {
                log.atWarn().addKeyValue("error", failed.toString()).log("cannot end a subscription");
            }
        }
        subscriptions.clear();
        if (candidacy != null) {
            candidacy.close();
            candidacy = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return candidacy != null;
    }
}
