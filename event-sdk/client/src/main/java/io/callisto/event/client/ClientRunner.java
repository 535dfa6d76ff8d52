package io.callisto.event.client;

import io.callisto.event.client.EventClientStatus.State;
import io.callisto.event.client.source.EventSource;
import io.callisto.event.client.source.SourceFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client's thread: follows a site, reads, has events handled, keeps positions; and begins anew after failures. */
final class ClientRunner implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(ClientRunner.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration COMMIT_APART = Duration.ofMillis(100);
    private static final Duration HANDLING = Duration.ofSeconds(1);
    private static final Duration SHORTEST_BACK_OFF = Duration.ofMillis(500);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(15);

    private final ClientSettings settings;
    private final ClientState state;
    private final ClientCounts counts;
    private final SiteWatchRunner sites;
    private final LinkedBlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private final Map<String, Instant> newest = new HashMap<>();
    private final Set<CompletableFuture<Void>> whenSought = new HashSet<>();
    private final Instant beganAt;
    private volatile boolean closing;
    private volatile boolean paused;
    private volatile @Nullable EventSource polled;
    private @Nullable Session session;
    private Session.@Nullable Memory memory;
    private @Nullable String memorySite;
    private @Nullable StartAt seekTo;
    private Set<String> missing = Set.of();
    private Duration backOff = SHORTEST_BACK_OFF;

    ClientRunner(ClientSettings settings, ClientState state, ClientCounts counts) {
        this.settings = settings;
        this.state = state;
        this.counts = counts;
        this.beganAt = settings.clock().instant();
        this.sites = new SiteWatchRunner(settings, this::wakeUp);
    }

    SiteWatchRunner sites() {
        return sites;
    }

    /** From any thread: ends after the event that is being handled. */
    void close() {
        closing = true;
        wakeUp();
    }

    boolean closing() {
        return closing;
    }

    void pause(boolean now) {
        paused = now;
        wakeUp();
    }

    /** From any thread: done when the client reads from there. */
    CompletableFuture<Void> seek(StartAt at) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        inbox.add(() -> {
            seekTo = at;
            whenSought.add(done);
        });
        wakeUp();
        return done;
    }

    private void wakeUp() {
        if (inbox.isEmpty()) {
            inbox.add(ClientRunner::nothing);
        }
        EventSource source = polled;
        if (source != null) {
            source.wakeUp();
        }
    }

    @Override
    public void run() {
        try {
            while (!closing) {
                try {
                    step();
                } catch (SourceFailure e) {
                    startOver(e);
                }
            }
            endSession(true);
            state.set(State.STOPPED, null, false);
        } catch (RuntimeException | Error e) {
            if (closing && Thread.currentThread().isInterrupted()) {
                endSession(false);
                state.set(State.STOPPED, null, false);
            } else {
                log.atError().addKeyValue("client", settings.name()).setCause(e).log("the event client failed");
                state.failed("the client failed: " + e, e);
                endSession(false);
            }
        } finally {
            sites.close();
            settings.handling().duplicates().close();
            whenSought.forEach(waiting -> waiting.cancel(false));
        }
    }

    private void step() {
        for (Runnable command = inbox.poll(); command != null; command = inbox.poll()) {
            command.run();
        }
        Optional<String> wanted = sites.wanted();
        if (wanted.isEmpty()) {
            siteProblem(sites.views().get(0).name(), State.STARTING);
            await(POLL);
            return;
        }
        Session current = session;
        if (current == null || !current.site().equals(wanted.get())) {
            current = follow(wanted.get());
        }
        seekIfAsked(current);
        DeliveryRunner delivery = current.delivery();
        long now = settings.ticker().getAsLong();
        delivery.settle();
        boolean hold = paused || !delivery.idle();
        long before = counts.received.get();
        current.read(limit(delivery, now), hold);
        if (counts.received.get() > before) {
            sites.heard(current.site());
        }
        if (!paused) {
            deliver(current);
        }
        current.commitIfDue(COMMIT_APART);
        report(current);
    }

    private Duration limit(DeliveryRunner delivery, long now) {
        if (paused || delivery.idle()) {
            return POLL;
        }
        Duration wait = delivery.untilNext(now);
        return wait.compareTo(POLL) < 0 ? wait : POLL;
    }

    private void deliver(Session current) {
        long begin = settings.ticker().getAsLong();
        long now = begin;
        while (!closing
                && !paused
                && now - begin < HANDLING.toNanos()
                && current.site().equals(wantedSite())) {
            DeliveryRunner.Step step = current.delivery().step(now);
            if (step == DeliveryRunner.Step.STOP) {
                stopped(current);
                return;
            }
            if (step != DeliveryRunner.Step.DONE) {
                return;
            }
            if (settings.reading().commit() == CommitMode.EACH) {
                current.commit();
            }
            if (inbox.peek() != null) {
                return; // somebody wants something
            }
            now = settings.ticker().getAsLong();
        }
    }

    private @Nullable String wantedSite() {
        return sites.wanted().orElse(null);
    }

    private void stopped(Session current) {
        if (!closing) {
            Exception cause = current.delivery().lastFailure();
            state.failed(
                    "the error handler stopped the client at an event that its handler cannot deal with: " + cause,
                    cause);
            closing = true;
        }
    }

    /** Begins at a site, or again at the same one. */
    private Session follow(String site) {
        String before = memorySite;
        endSession(true);
        if (memory == null || !site.equals(before)) {
            memory = Session.Memory.of(
                    before == null ? StartPlan.of(settings.reading().startAt()) : afterSwitch());
            memorySite = site;
            settings.handling().observer().siteChanged(before, site);
            if (before != null) {
                counts.siteSwitches.incrementAndGet();
                log.atWarn().addKeyValue("from", before).addKeyValue("to", site).log("the client goes to another site");
            }
        }
        Positions positions = new Positions();
        DeliveryRunner delivery = new DeliveryRunner(settings, site, positions, counts, this::closing);
        EventSource source = settings.connector(site).source(settings.name(), settings.group());
        polled = source;
        Session fresh =
                new Session(settings, site, source, Objects.requireNonNull(memory), positions, delivery, counts);
        session = fresh;
        fresh.open();
        return fresh;
    }

    private StartPlan afterSwitch() {
        if (settings.siteRules().afterSwitch() == SiteRules.AfterSwitch.NEW_EVENTS) {
            return StartPlan.of(StartAt.latest());
        }
        Map<String, Instant> times = new HashMap<>();
        newest.forEach((topic, time) ->
                times.put(topic, time.minus(settings.siteRules().overlap())));
        // A topic without any event so far: what it had since the client began is not known to be handled either.
        return new StartPlan(StartAt.time(beganAt.minus(settings.siteRules().overlap())), times);
    }

    private void seekIfAsked(Session current) {
        StartAt at = seekTo;
        if (at == null || !current.begun()) {
            return;
        }
        current.seek(at);
        seekTo = null;
        whenSought.forEach(waiting -> waiting.complete(null));
        whenSought.clear();
    }

    private void report(Session current) {
        newest.putAll(current.delivery().newest());
        state.read(current.site(), current.partitions(), current.lag());
        String stuck = current.delivery().stuck();
        if (stuck != null) {
            state.set(paused ? State.PAUSED : State.RUNNING, stuck, false);
        } else {
            siteProblem(current.site(), paused ? State.PAUSED : current.begun() ? State.RUNNING : State.STARTING);
        }
        if (current.begun()) {
            state.begun(); // last, for whoever waits for it looks at the state next
            backOff = SHORTEST_BACK_OFF;
        }
        SiteView view = SiteView.of(sites.views(), current.site());
        if (!missing.equals(view.missing())) {
            missing = view.missing();
            current.source().takeNewPartitions();
        }
    }

    /** The state, and what the last look at the site says against it. */
    private void siteProblem(String site, State otherwise) {
        SiteView view = SiteView.of(sites.views(), site);
        if (view.seen() && !view.reachable()) {
            warn(state.set(State.WAITING, "site " + site + ": " + view.problem(), view.lasting()));
        } else if (!view.forbidden().isEmpty()) {
            warn(state.set(otherwise, "site " + site + ": " + SiteTexts.forbidden(view.forbidden()), true));
        } else if (!view.missing().isEmpty()) {
            warn(state.set(otherwise, "site " + site + ": " + SiteTexts.missing(new TreeSet<>(view.missing())), true));
        } else {
            state.set(otherwise, null, false);
        }
    }

    private void warn(boolean isNew) {
        if (isNew) {
            log.atWarn()
                    .addKeyValue("client", settings.name())
                    .addKeyValue("problem", state.problem())
                    .log("the event client has a problem");
        }
    }

    private void startOver(SourceFailure failure) {
        endSession(false);
        String site = memorySite == null ? "" : "site " + memorySite + ": ";
        warn(state.set(
                State.WAITING, site + failure.getMessage(), failure.kind().lasting()));
        await(backOff);
        Duration twice = backOff.multipliedBy(2);
        backOff = twice.compareTo(LONGEST_BACK_OFF) < 0 ? twice : LONGEST_BACK_OFF;
    }

    private void endSession(boolean commit) {
        Session ended = session;
        EventSource source = polled;
        session = null;
        polled = null;
        if (source == null) {
            return;
        }
        boolean interrupted = Thread.interrupted(); // by close(); what was handled is kept all the same
        try {
            if (ended != null && commit) {
                newest.putAll(ended.delivery().newest());
                ended.commit();
            }
        } catch (SourceFailure e) {
            log.atInfo().addKeyValue("reason", e.getMessage()).log("the last positions could not be kept");
        }
        try {
            source.close(Duration.ofSeconds(2));
        } catch (RuntimeException e) {
            log.atInfo().addKeyValue("reason", e.getMessage()).log("a source could not be closed");
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until the time is over or somebody wants something. */
    private void await(Duration time) {
        try {
            Runnable command = inbox.poll(time.toMillis(), TimeUnit.MILLISECONDS);
            if (command != null) {
                command.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void nothing() {
        // only wakes the thread
    }
}
