package io.callisto.manager.dialing;

import io.callisto.domain.job.JobState;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says now and then how the dialing of a job goes. */
final class DialingLog {
    private static final Logger log = LoggerFactory.getLogger(DialingLog.class);
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final JobSpec spec;
    private final DialerMemory memory;
    private long lastNanos;
    private long lastReserved;

    DialingLog(JobSpec spec, DialerMemory memory, long now) {
        this.spec = spec;
        this.memory = memory;
        this.lastNanos = now;
    }

    void step(long now, JobState state) {
        long elapsed = now - lastNanos;
        if (elapsed < EVERY_NANOS) {
            return;
        }
        long reserved = memory.inFlight().reservedSoFar();
        double perSecond = (reserved - lastReserved) * 1e9 / elapsed;
        lastNanos = now;
        lastReserved = reserved;
        log.atInfo()
                .addKeyValue("scope", spec.scope())
                .addKeyValue("state", state)
                .addKeyValue("queued", memory.queue().size())
                .addKeyValue("allowed", memory.queue().allowedSize())
                .addKeyValue("inFlight", memory.inFlight().size())
                .addKeyValue("attemptsPerSecond", Math.round(perSecond * 10) / 10.0)
                .log("dialing");
    }
}
