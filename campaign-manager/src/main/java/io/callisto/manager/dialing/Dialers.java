package io.callisto.manager.dialing;

import io.callisto.domain.JobId;
import io.callisto.domain.ZoneId;
import io.callisto.ha.RoleDutyFactory;

/** Makes the dialer of a job in a zone each time its scope is acquired. Thread-safe. */
public final class Dialers {
    private final DialerParts parts;

    Dialers(DialerParts parts) {
        this.parts = parts;
    }

    /** For the scope {@code job/{job}/{zone}}. */
    public RoleDutyFactory of(JobId job, ZoneId zone) {
        return (lease, wakeUp) -> new DialingDuty(parts, job, zone);
    }
}
