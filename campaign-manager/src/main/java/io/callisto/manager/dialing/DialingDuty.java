package io.callisto.manager.dialing;

import io.callisto.domain.InvariantBroken;
import io.callisto.domain.JobId;
import io.callisto.domain.ZoneId;
import io.callisto.domain.job.JobState;
import io.callisto.ha.Lease;
import io.callisto.ha.RoleDuty;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dials a job in a zone while it owns the scope. Puts the steps in their order; each of them does a bounded piece of
 * work.
 *
 * <p>A takeover reads what is in flight and opens the link to every gateway. A link that is not open takes no calls and
 * tells of none, so
 * whatever the last owner left at a gateway is fenced and resolved there before anything new is placed there, and a
 * gateway
 * that cannot be reached does not hold up the others.
 */
final class DialingDuty implements RoleDuty {
    private static final Logger log = LoggerFactory.getLogger(DialingDuty.class);
    private static final long STATE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final DialerParts parts;
    private final JobId job;
    private final ZoneId zone;
    private @Nullable Running running;

    /** The steps, once the scope is taken over. */
    private record Running(
            JobSpec spec,
            DialerMemory memory,
            BlockingCallRunner calls,
            GatewayLinks gateways,
            Refill refill,
            Ruling ruling,
            Reservation reservation,
            Progress progress,
            Sweeper sweeper,
            DialingLog report) {}

    private JobState state = JobState.PAUSED;
    private boolean heldBack;
    private long stateNanos;
    private long adopted;

    DialingDuty(DialerParts parts, JobId job, ZoneId zone) {
        this.parts = parts;
        this.job = job;
        this.zone = zone;
    }

    @Override
    public void takeOver(Lease lease) {
        JobSpec spec = parts.contacts().spec(job, zone);
        DialerMemory memory = DialerMemory.empty(spec, parts.properties());
        BlockingCallRunner calls = new BlockingCallRunner(parts.executor(), memory.mailbox());
        long stray = parts.attempts().strayContacts(spec);
        if (stray > 0) {
            throw new InvariantBroken("INV-3", stray + " contacts of " + spec.scope() + " are in no live attempt");
        }
        long now = parts.ticker().nanos();
        for (JdbcAttemptStore.Row row : parts.attempts().inFlight(spec)) {
            memory.inFlight().put(adopted(row, now));
        }
        adopted = memory.inFlight().reservedSoFar();
        List<GatewayLink> links = new ArrayList<>();
        parts.gateways().forEach(gateway -> links.add(new GatewayLink(gateway, parts, spec, lease, memory, calls)));
        GatewayLinks gateways = new GatewayLinks(links);
        running = new Running(
                spec,
                memory,
                calls,
                gateways,
                new Refill(parts, spec, memory.queue(), now),
                new Ruling(parts, spec, memory.queue(), calls, now),
                new Reservation(parts, spec, memory, gateways, now),
                new Progress(parts, spec, memory, now),
                new Sweeper(parts, spec, memory, gateways, now),
                new DialingLog(spec, memory, now));
        stateNanos = now;
        log.atInfo()
                .addKeyValue("scope", spec.scope())
                .addKeyValue("epoch", lease.epoch())
                .addKeyValue("inFlight", memory.inFlight().size())
                .log("dialer took over the job");
        gateways.tick(now);
    }

    private static LiveAttempt adopted(JdbcAttemptStore.Row row, long now) {
        LiveAttempt attempt = row.attempt();
        return new LiveAttempt(
                attempt.id(),
                attempt.contactId(),
                attempt.attemptNo(),
                attempt.notPlacedBefore(),
                attempt.phoneNumber(),
                attempt.userContactId(),
                attempt.contactListId(),
                attempt.gatewayId(),
                attempt.incarnation(),
                attempt.state(),
                attempt.version(),
                now - row.age().toNanos(),
                now + row.untilDeadline().toNanos());
    }

    @Override
    public int doWork(Lease lease) {
        Running steps = running;
        if (steps == null) {
            throw new IllegalStateException("takeOver comes first");
        }
        long now = parts.ticker().nanos();
        int done = steps.memory().mailbox().drain();
        steps.gateways().tick(now);
        done += steps.progress().step(lease, now);
        if (now - stateNanos >= 0) {
            stateNanos = now + STATE_NANOS;
            look(steps.spec());
        }
        if (state == JobState.RUNNING && !heldBack) {
            done += steps.refill().step(now);
            done += steps.ruling().step(now, steps.refill().databaseTime(now));
            done += steps.ruling().writeBack(lease);
            done += steps.reservation().step(lease, now);
        }
        steps.sweeper().step(now);
        steps.report().step(now, state);
        return done;
    }

    private void look(JobSpec spec) {
        JdbcDialingStore.Standing now = parts.contacts().standing(spec.jobId());
        state = now.state();
        if (now.outboxFull() != heldBack) {
            heldBack = now.outboxFull();
            log.atWarn()
                    .addKeyValue("scope", spec.scope())
                    .addKeyValue("reason", "EVENT_BACKLOG")
                    .log(heldBack ? "dialing pauses: the outbox of events is full" : "dialing goes on");
        }
    }

    @Override
    public String firstWork() {
        Running steps = running;
        return steps != null && steps.memory().inFlight().placedSoFar() > 0 ? "first call placed" : "contacts swept";
    }

    /** A call was placed; or there was nothing to place: the job stands still, or no contact is due. */
    @Override
    public boolean firstWorkDone(int done) {
        Running steps = running;
        return steps != null
                && (steps.memory().inFlight().placedSoFar() > 0
                        || state != JobState.RUNNING
                        || heldBack
                        || (steps.refill().exhausted()
                                && steps.memory().queue().size() == 0
                                && steps.memory().inFlight().reservedSoFar() == adopted));
    }

    @Override
    public void close() {
        Running steps = running;
        running = null;
        if (steps != null) {
            steps.calls().close();
            steps.gateways().close();
        }
    }
}
