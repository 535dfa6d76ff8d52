package io.callisto.events.publication;

import io.callisto.ha.Candidacy;
import io.callisto.ha.RoleDutyFactory;
import io.callisto.ha.Scope;
import io.callisto.ha.ServiceHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Stands for the publication while the context runs. Started and stopped by the context's thread. */
final class PublicationRoleRunner implements SmartLifecycle {
    static final Scope SCOPE = new Scope("publication/0");

    private final ServiceHandle service;
    private final Duration idle;
    private final RoleDutyFactory duties;
    private @Nullable Candidacy candidacy;

    PublicationRoleRunner(ServiceHandle service, Duration idle, RoleDutyFactory duties) {
        this.service = service;
        this.idle = idle;
        this.duties = duties;
    }

    @Override
    public synchronized void start() {
        if (candidacy == null) {
            candidacy = service.standFor(SCOPE, idle, duties);
        }
    }

    @Override
    public synchronized void stop() {
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
