package io.callisto.manager.dialing;

import io.callisto.domain.attempt.CallOutcome;
import io.callisto.domain.attempt.CallPhase;
import io.callisto.domain.attempt.CallReport;
import io.callisto.gateway.client.GatewayUnavailable;
import io.callisto.gateway.client.Watch;
import io.callisto.ha.Scope;
import io.callisto.manager.gateway.CallGateway;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * A media gateway with the protocol's promises: refuses lower epochs and ids that it has seen, keeps tombstones. Calls
 * go on by
 * {@link #advance()}, one phase each time. One thread.
 */
final class FakeGateway implements CallGateway {
    enum PlaceMode {
        NORMAL,
        /** Takes the order, its answer is lost. */
        ANSWER_LOST,
        /** The order is lost. */
        ORDER_LOST,
        NO_CAPACITY,
        TOO_LATE
    }

    private record Registered(UUID id, String phone, Scope scope, boolean refused, CallReport report) {}

    private record Watching(Scope scope, long epoch, WatchListener listener) {}

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final String id;
    private final Map<UUID, Registered> registry = new LinkedHashMap<>();
    private final Map<UUID, Integer> timesPlaced = new HashMap<>();
    private final Map<Scope, Long> epochs = new HashMap<>();
    private final List<Watching> watches = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private Instant clock = START;
    private long incarnation = 1;

    boolean down;
    boolean silent;
    int capacity = 10_000;
    PlaceMode placeMode = PlaceMode.NORMAL;
    Function<String, CallOutcome> outcome = phone -> CallOutcome.ANSWER_HUMAN;
    /** Runs inside the placing, before the answer: a pause or a takeover at the worst time. */
    Runnable onPlace = () -> {};

    FakeGateway(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Announced announce(Scope scope, long epoch) {
        requireUp();
        log.add("announce");
        return new Announced(epochs.merge(scope, epoch, Math::max) == epoch, incarnation, capacity);
    }

    @Override
    public Placed place(PlaceOrder order) {
        requireUp();
        log.add("place");
        onPlace.run();
        if (placeMode == PlaceMode.ORDER_LOST) {
            throw unavailable();
        }
        List<PlaceResult> results = new ArrayList<>();
        for (Call call : order.calls()) {
            results.add(place(order, call));
        }
        if (placeMode == PlaceMode.ANSWER_LOST) {
            throw unavailable();
        }
        return new Placed(results, clock.toEpochMilli());
    }

    private PlaceResult place(PlaceOrder order, Call call) {
        if (order.epoch() < epochs.getOrDefault(order.scope(), 0L)) {
            return PlaceResult.STALE_EPOCH;
        }
        if (registry.containsKey(call.attempt())) {
            return PlaceResult.ALREADY_SEEN;
        }
        if (call.incarnation() != incarnation) {
            return PlaceResult.OTHER_INCARNATION;
        }
        if (placeMode == PlaceMode.NO_CAPACITY || placeMode == PlaceMode.TOO_LATE) {
            registry.put(call.attempt(), refused(call.attempt(), order.scope()));
            return placeMode == PlaceMode.TOO_LATE ? PlaceResult.TOO_LATE : PlaceResult.NO_CAPACITY;
        }
        timesPlaced.merge(call.attempt(), 1, Integer::sum);
        CallReport dialing = new CallReport(CallPhase.DIALING, null, clock, null, null, null);
        registry.put(call.attempt(), new Registered(call.attempt(), call.phoneNumber(), order.scope(), false, dialing));
        tell(order.scope(), List.of(new Report(call.attempt(), dialing)));
        return PlaceResult.PLACED;
    }

    private static Registered refused(UUID attempt, Scope scope) {
        return new Registered(attempt, "", scope, true, CallReport.NEVER_PLACED);
    }

    @Override
    public Resolved resolve(Scope scope, long epoch, List<UUID> attempts) {
        requireUp();
        log.add("resolve");
        if (epoch < epochs.getOrDefault(scope, 0L)) {
            return new Resolved(false, incarnation, List.of(), clock.toEpochMilli());
        }
        List<CallReport> reports = new ArrayList<>();
        for (UUID attempt : attempts) {
            reports.add(
                    registry.computeIfAbsent(attempt, id -> refused(id, scope)).report());
        }
        return new Resolved(true, incarnation, reports, clock.toEpochMilli());
    }

    @Override
    public void hangUp(Scope scope, long epoch, List<UUID> attempts) {
        requireUp();
        log.add("hangUp");
        attempts.forEach(
                attempt -> registry.computeIfPresent(attempt, (key, call) -> end(call, CallOutcome.RING_NO_ANSWER)));
    }

    @Override
    public Watch watch(Scope scope, long epoch, WatchListener listener) {
        log.add("watch");
        Watching watching = new Watching(scope, epoch, listener);
        watches.add(watching);
        if (!down) {
            listener.onBatch(List.of(), clock.toEpochMilli());
        }
        return () -> watches.remove(watching);
    }

    /** Moves every live call on by a phase, tells the watchers, and lets 100 ms pass. */
    void advance() {
        clock = clock.plusMillis(100);
        Map<Scope, List<Report>> news = new HashMap<>();
        registry.replaceAll((key, call) -> {
            if (call.refused() || call.report().phase() == CallPhase.ENDED) {
                return call;
            }
            Registered moved = next(call);
            news.computeIfAbsent(call.scope(), scope -> new ArrayList<>()).add(new Report(key, moved.report()));
            return moved;
        });
        news.forEach(this::tell);
        beat();
    }

    /** A heartbeat without news. */
    void beat() {
        for (Watching watching : List.copyOf(watches)) {
            if (!down && !silent) {
                watching.listener().onBatch(List.of(), clock.toEpochMilli());
            }
        }
    }

    private void tell(Scope scope, List<Report> reports) {
        for (Watching watching : List.copyOf(watches)) {
            if (!down
                    && !silent
                    && watching.scope().equals(scope)
                    && watching.epoch() >= epochs.getOrDefault(scope, 0L)) {
                watching.listener().onBatch(reports, clock.toEpochMilli());
            }
        }
    }

    private Registered next(Registered call) {
        CallReport now = call.report();
        CallOutcome end = outcome.apply(call.phone());
        CallReport moved = switch (now.phase()) {
            case DIALING ->
                end == CallOutcome.INVALID_NUMBER
                        ? new CallReport(CallPhase.ENDED, end, now.dialedAt(), null, null, clock)
                        : new CallReport(CallPhase.RINGING, null, now.dialedAt(), clock, null, null);
            case RINGING ->
                end == CallOutcome.ANSWER_HUMAN || end == CallOutcome.ANSWER_MACHINE
                        ? new CallReport(CallPhase.ANSWERED, null, now.dialedAt(), now.ringingAt(), clock, null)
                        : new CallReport(CallPhase.ENDED, end, now.dialedAt(), now.ringingAt(), null, clock);
            default -> new CallReport(CallPhase.ENDED, end, now.dialedAt(), now.ringingAt(), now.answeredAt(), clock);
        };
        return new Registered(call.id(), call.phone(), call.scope(), false, moved);
    }

    private Registered end(Registered call, CallOutcome end) {
        CallReport now = call.report();
        CallReport ended =
                new CallReport(CallPhase.ENDED, end, now.dialedAt(), now.ringingAt(), now.answeredAt(), clock);
        return new Registered(call.id(), call.phone(), call.scope(), call.refused(), ended);
    }

    /** The watches break, as when the network is cut. */
    void breakWatches() {
        List<Watching> broken = List.copyOf(watches);
        watches.clear();
        broken.forEach(watching -> watching.listener().onEnd(unavailable()));
    }

    /** The disk is lost: a new registry that knows nothing. */
    void loseRegistry() {
        registry.clear();
        incarnation++;
        breakWatches();
    }

    Map<UUID, Integer> timesPlaced() {
        return timesPlaced;
    }

    List<String> log() {
        return log;
    }

    int liveCalls() {
        return (int) registry.values().stream()
                .filter(call -> !call.refused() && call.report().phase() != CallPhase.ENDED)
                .count();
    }

    private void requireUp() {
        if (down) {
            throw unavailable();
        }
    }

    private GatewayUnavailable unavailable() {
        return new GatewayUnavailable(id, "UNAVAILABLE", "down", new IllegalStateException("fake"));
    }
}
