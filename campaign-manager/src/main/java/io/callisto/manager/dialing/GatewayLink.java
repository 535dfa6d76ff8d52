package io.callisto.manager.dialing;

import io.callisto.domain.CompletionCode;
import io.callisto.domain.attempt.CallPhase;
import io.callisto.domain.attempt.CallReport;
import io.callisto.gateway.client.Watch;
import io.callisto.gateway.client.WatchRefused;
import io.callisto.ha.Fenced;
import io.callisto.ha.Lease;
import io.callisto.manager.dialing.DialingMetrics.Step;
import io.callisto.manager.gateway.CallGateway;
import io.callisto.manager.gateway.CallGateway.Announced;
import io.callisto.manager.gateway.CallGateway.Report;
import io.callisto.manager.gateway.CallGateway.Resolved;
import io.callisto.manager.gateway.GatewayBusy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scope at one gateway. Opened always in this order: announce the epoch, watch, and, once the watch runs, resolve
 * all that is in
 * flight there; only then may calls be placed. Whatever fails closes the link, and it opens again in the same order: so
 * what was
 * missed or is unclear is always asked for. Used by the duty's thread; only {@link #heard} is set by others.
 */
final class GatewayLink {
    private enum Stage {
        DOWN,
        OPENING,
        RESOLVING,
        READY
    }

    /**
     * @param generation of the opening that it belongs to
     * @param ticket the gateway's clock
     * @param atNanos when it came
     */
    private record Heard(int generation, long ticket, long atNanos) {}

    private static final Logger log = LoggerFactory.getLogger(GatewayLink.class);
    private static final int MAX_IDS = 1_000;
    private static final long REOPEN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** A gateway sends a batch every second, empty or not. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final CallGateway gateway;
    private final DialerParts parts;
    private final JobSpec spec;
    private final Lease lease;
    private final DialerMemory memory;
    private final BlockingCallRunner calls;
    private final GatewayOrders orders;
    private final Set<UUID> toResolve = new LinkedHashSet<>();
    private volatile @Nullable Heard heard;

    private Stage stage = Stage.DOWN;
    private int generation;
    private @Nullable Watch watch;
    private @Nullable Listener listener;
    private long incarnation;
    private long sinceNanos;
    private long reopenNanos;
    private boolean resolveOut;
    private boolean complained;

    GatewayLink(
            CallGateway gateway,
            DialerParts parts,
            JobSpec spec,
            Lease lease,
            DialerMemory memory,
            BlockingCallRunner calls) {
        this.gateway = gateway;
        this.parts = parts;
        this.spec = spec;
        this.lease = lease;
        this.memory = memory;
        this.calls = calls;
        this.orders = new GatewayOrders(gateway, parts, spec, lease, memory, calls, this);
        this.reopenNanos = parts.ticker().nanos();
    }

    String id() {
        return gateway.id();
    }

    long incarnation() {
        return incarnation;
    }

    /** How many more calls may be reserved for it now; a reservation needs a ticket that is younger than itself. */
    int room(long now) {
        Heard last = heard;
        if (stage != Stage.READY
                || last == null
                || now - last.atNanos() > parts.properties().placeTtl().toNanos() / 2) {
            return 0;
        }
        return orders.room(now);
    }

    /** The gateway's clock as last heard; there is one where {@link #room} is positive. */
    long ticket() {
        Heard last = heard;
        if (last == null) {
            throw new IllegalStateException("no ticket of media gateway " + id());
        }
        return last.ticket();
    }

    /** Opens, goes on with opening, sees silence, sends what is to be resolved. */
    void tick(long now) {
        switch (stage) {
            case DOWN -> {
                if (now - reopenNanos >= 0) {
                    open(now);
                }
            }
            case OPENING, RESOLVING -> {
                if (stage == Stage.OPENING && watch != null && heardSince() != null) {
                    startResolving(now);
                } else if (now - sinceNanos > SILENCE_NANOS) {
                    down("it did not open in time");
                }
            }
            case READY -> {
                Heard last = heardSince();
                if (last == null || now - last.atNanos() > SILENCE_NANOS) {
                    down("its watch is silent");
                }
            }
        }
        if (stage == Stage.RESOLVING || stage == Stage.READY) {
            sendResolve();
        }
    }

    private @Nullable Heard heardSince() {
        Heard last = heard;
        return last != null && last.generation() == generation ? last : null;
    }

    private void open(long now) {
        stage = Stage.OPENING;
        sinceNanos = now;
        int opening = ++generation;
        calls.run(
                () -> gateway.announce(spec.scope(), lease.epoch()),
                announced -> announced(opening, announced),
                failure -> notAnnounced(opening, failure));
    }

    private void notAnnounced(int opening, RuntimeException failure) {
        if (failure instanceof GatewayBusy && opening == generation && stage == Stage.OPENING) {
            // Other jobs open it too, and nothing was sent: the turn of this one comes.
            stage = Stage.DOWN;
            reopenNanos = parts.ticker().nanos() + BUSY_NANOS;
            return;
        }
        failed(opening, failure);
    }

    private void announced(int opening, Announced announced) {
        if (opening != generation || stage != Stage.OPENING) {
            return;
        }
        if (!announced.accepted()) {
            throw new Fenced(lease, "media gateway " + id() + " knows a higher epoch");
        }
        incarnation = announced.incarnation();
        orders.opened(announced.capacity());
        Listener hearing = new Listener(opening);
        listener = hearing;
        watch = gateway.watch(spec.scope(), lease.epoch(), hearing);
    }

    private void startResolving(long now) {
        stage = Stage.RESOLVING;
        sinceNanos = now;
        toResolve.addAll(memory.inFlight().idsAt(id()));
        readyWhenResolved();
    }

    private void readyWhenResolved() {
        if (stage == Stage.RESOLVING && toResolve.isEmpty() && !resolveOut) {
            stage = Stage.READY;
            complained = false;
            log.atInfo()
                    .addKeyValue("scope", spec.scope())
                    .addKeyValue("epoch", lease.epoch())
                    .addKeyValue("gateway", id())
                    .log("media gateway is open for the scope");
        }
    }

    /** Has the gateway asked what became of an attempt. */
    void resolve(UUID attempt) {
        toResolve.add(attempt);
    }

    private void sendResolve() {
        if (resolveOut || toResolve.isEmpty()) {
            return;
        }
        List<UUID> ids = toResolve.stream().limit(MAX_IDS).toList();
        ids.forEach(toResolve::remove);
        resolveOut = true;
        int opening = generation;
        calls.run(
                () -> parts.metrics().time(Step.RESOLVE, () -> gateway.resolve(spec.scope(), lease.epoch(), ids)),
                resolved -> resolved(opening, ids, resolved),
                failure -> {
                    resolveOut = false;
                    failed(opening, failure);
                });
    }

    private void resolved(int opening, List<UUID> ids, Resolved reply) {
        resolveOut = false;
        if (!reply.accepted()) {
            throw new Fenced(lease, "media gateway " + id() + " knows a higher epoch");
        }
        long now = parts.ticker().nanos();
        for (int i = 0; i < ids.size() && i < reply.calls().size(); i++) {
            apply(ids.get(i), reply.calls().get(i), reply.incarnation(), now);
        }
        if (opening == generation) {
            sinceNanos = now;
            if (reply.incarnation() != incarnation) {
                down("its registry is a new one");
            }
            readyWhenResolved();
        }
    }

    private void apply(UUID id, CallReport report, long answering, long now) {
        LiveAttempt attempt = memory.inFlight().find(id);
        if (attempt == null) {
            return;
        }
        if (report.phase() == CallPhase.NEVER_PLACED && answering != attempt.incarnation()) {
            // Another registry cannot know what the lost one placed.
            memory.inbox().close(id, CompletionCode.ATTEMPT_IN_DOUBT);
            return;
        }
        long patience = Deadlines.after(
                        attempt.state(), spec.node(), parts.properties().placeTtl())
                .toNanos();
        memory.inFlight().extend(id, now + patience);
        memory.inbox().report(id, report);
    }

    /** Sends calls whose reservation is committed, once. */
    void place(List<LiveAttempt> attempts, long ticket) {
        orders.send(attempts, ticket, generation);
    }

    /** Ends calls that have lasted too long; they are completed whether the gateway hears it or not. */
    void hangUp(List<UUID> attempts) {
        int opening = generation;
        calls.run(
                () -> {
                    gateway.hangUp(spec.scope(), lease.epoch(), attempts);
                    return attempts;
                },
                ids -> ids.forEach(id -> memory.inbox().close(id, CompletionCode.CALL_TIMEOUT)),
                failure -> failed(opening, failure));
    }

    /** A call failed: what it did is unknown, so everything is asked for anew. */
    void failed(int opening, RuntimeException failure) {
        if (opening == generation && stage != Stage.DOWN) {
            down(String.valueOf(failure.getMessage()));
        }
    }

    private void ended(int opening, Throwable reason) {
        if (opening != generation) {
            return;
        }
        if (reason instanceof WatchRefused refused && refused.reason() == WatchRefused.Reason.STALE_EPOCH) {
            throw new Fenced(lease, "media gateway " + id() + " knows a higher epoch");
        }
        failed(opening, new IllegalStateException("its watch ended: " + reason.getMessage(), reason));
    }

    /** Closes it; it is opened again soon. */
    void down(String why) {
        stage = Stage.DOWN;
        generation++;
        reopenNanos = parts.ticker().nanos() + REOPEN_NANOS;
        closeWatch();
        if (!complained) {
            complained = true;
            log.atWarn()
                    .addKeyValue("scope", spec.scope())
                    .addKeyValue("gateway", id())
                    .addKeyValue("reason", why)
                    .log("media gateway is closed for the scope; it is opened again");
        }
    }

    private void closeWatch() {
        Watch open = watch;
        Listener hearing = listener;
        watch = null;
        listener = null;
        if (hearing != null) {
            hearing.stale = true;
        }
        if (open != null) {
            open.close();
        }
    }

    void close() {
        generation++;
        stage = Stage.DOWN;
        closeWatch();
    }

    private final class Listener implements CallGateway.WatchListener {
        private final int opening;
        /** A stream that ends late must not pass for the one that took its place. */
        private volatile boolean stale;

        Listener(int opening) {
            this.opening = opening;
        }

        @Override
        public void onBatch(List<Report> reports, long ticket) {
            for (Report report : reports) {
                memory.inbox().report(report.attempt(), report.call());
            }
            if (!stale) {
                heard = new Heard(opening, ticket, parts.ticker().nanos());
            }
        }

        @Override
        public void onEnd(Throwable reason) {
            memory.mailbox().post(() -> ended(opening, reason));
        }
    }
}
