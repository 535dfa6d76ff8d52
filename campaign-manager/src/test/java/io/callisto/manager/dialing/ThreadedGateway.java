package io.callisto.manager.dialing;

import io.callisto.domain.attempt.CallOutcome;
import io.callisto.domain.attempt.CallPhase;
import io.callisto.domain.attempt.CallReport;
import io.callisto.gateway.client.Watch;
import io.callisto.ha.Scope;
import io.callisto.manager.gateway.CallGateway;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A gateway with threads of its own: every call rings, is answered and ends within a fixed number of beats. */
final class ThreadedGateway implements CallGateway, AutoCloseable {
    private static final long BEAT_MILLIS = 50;

    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor();
    private final Map<UUID, CallReport> live = new ConcurrentHashMap<>();
    private final ScheduledFuture<?> beating;
    private volatile @Nullable WatchListener listener;

    ThreadedGateway() {
        beating = beats.scheduleAtFixedRate(this::beat, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public String id() {
        return "g1";
    }

    @Override
    public Announced announce(Scope scope, long epoch) {
        return new Announced(true, 1, 100_000);
    }

    @Override
    public Placed place(PlaceOrder order) {
        Instant now = Instant.now();
        List<PlaceResult> results = new ArrayList<>();
        for (Call call : order.calls()) {
            live.put(call.attempt(), new CallReport(CallPhase.DIALING, null, now, null, null, null));
            results.add(PlaceResult.PLACED);
        }
        return new Placed(results, 1);
    }

    @Override
    public Resolved resolve(Scope scope, long epoch, List<UUID> attempts) {
        return new Resolved(
                true,
                1,
                attempts.stream()
                        .map(id -> live.getOrDefault(id, CallReport.NEVER_PLACED))
                        .toList(),
                1);
    }

    @Override
    public void hangUp(Scope scope, long epoch, List<UUID> attempts) {}

    @Override
    public Watch watch(Scope scope, long epoch, WatchListener watching) {
        listener = watching;
        return () -> listener = null;
    }

    private void beat() {
        WatchListener hearing = listener;
        if (hearing == null) {
            return;
        }
        Instant now = Instant.now();
        List<Report> news = new ArrayList<>();
        live.replaceAll((id, call) -> {
            CallReport moved = next(call, now);
            news.add(new Report(id, moved));
            return moved;
        });
        live.values().removeIf(call -> call.phase() == CallPhase.ENDED);
        hearing.onBatch(news, 1);
    }

    private static CallReport next(CallReport call, Instant now) {
        return switch (call.phase()) {
            case DIALING -> new CallReport(CallPhase.RINGING, null, call.dialedAt(), now, null, null);
            case RINGING -> new CallReport(CallPhase.ANSWERED, null, call.dialedAt(), call.ringingAt(), now, null);
            default ->
                new CallReport(
                        CallPhase.ENDED,
                        CallOutcome.ANSWER_HUMAN,
                        call.dialedAt(),
                        call.ringingAt(),
                        call.answeredAt(),
                        now);
        };
    }

    @Override
    public void close() {
        beating.cancel(true);
        beats.shutdownNow();
    }
}
