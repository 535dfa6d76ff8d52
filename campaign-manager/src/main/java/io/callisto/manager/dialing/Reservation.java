package io.callisto.manager.dialing;

import io.callisto.domain.InvariantBroken;
import io.callisto.domain.attempt.AttemptState;
import io.callisto.domain.contact.ReservationDecision;
import io.callisto.domain.job.JobState;
import io.callisto.domain.pacing.TimeBasedPacing;
import io.callisto.ha.Lease;
import io.callisto.manager.dialing.ContactQueue.Allowed;
import io.callisto.manager.dialing.DialingMetrics.Step;
import io.callisto.manager.dialing.GatewayLinks.Slot;
import io.callisto.manager.dialing.JdbcDialingStore.WriteBack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reserves attempts: paces, looks a last time at every contact in the transaction that commits its attempt, and hands
 * what was
 * committed, and only that, to the gateway that the attempt names. One transaction per batch (INV-3).
 */
final class Reservation {
    /** An order carries the ticket of its gateway; all calls of one order have the same. */
    private record Order(GatewayLink link, long ticket) {}

    private record Reserved(JobState jobState, List<LiveAttempt> attempts, Map<UUID, Slot> slots) {}

    private record Judged(List<Candidate> reserve, List<WriteBack> writeBacks) {}

    private final DialerParts parts;
    private final JobSpec spec;
    private final DialerMemory memory;
    private final GatewayLinks gateways;
    private TimeBasedPacing pacing = TimeBasedPacing.START;
    private long lastNanos;

    Reservation(DialerParts parts, JobSpec spec, DialerMemory memory, GatewayLinks gateways, long now) {
        this.parts = parts;
        this.spec = spec;
        this.memory = memory;
        this.gateways = gateways;
        this.lastNanos = now;
    }

    /** Reserves and places a batch, if the pace asks for one. */
    int step(Lease lease, long now) {
        long elapsed = now - lastNanos;
        if (elapsed < parts.properties().tick().toNanos()) {
            return 0;
        }
        lastNanos = now;
        memory.queue().expire(now);
        int most = Math.min(parts.properties().batch(), memory.queue().allowedSize());
        List<Slot> slots = gateways.slots(most, now);
        TimeBasedPacing.Decision decision = pacing.decide(
                elapsed / 1e9,
                spec.node().callsPerSecond(),
                memory.inFlight().size(),
                spec.node().maxCalls(),
                slots.size());
        pacing = decision.pacing();
        if (decision.calls() == 0) {
            return 0;
        }
        List<Allowed> taken = memory.queue().takeAllowed(decision.calls());
        int reserved = reserve(lease, now, taken, slots);
        pacing = pacing.giveBack(decision.calls() - reserved);
        return taken.size();
    }

    private int reserve(Lease lease, long now, List<Allowed> taken, List<Slot> slots) {
        List<Candidate> candidates = taken.stream().map(Allowed::candidate).toList();
        Reserved reserved;
        try {
            reserved = parts.metrics()
                    .time(
                            Step.RESERVE,
                            () -> parts.fenced()
                                    .<Reserved>run(lease, jdbc -> commit(jdbc, lease, now, candidates, slots)));
        } catch (PessimisticLockingFailureException rolledBack) {
            // Another job holds the same numbers in a deadlock with us: nothing was written.
            memory.queue().giveBackAllowed(taken);
            return 0;
        }
        if (reserved.jobState() != JobState.RUNNING) {
            memory.queue().giveBackAllowed(taken);
            return 0;
        }
        // What was not taken has been written back, or somebody else has written it: a later refill reads it again.
        memory.queue().drop(candidates);
        parts.mirror().left(spec, candidates);
        reserved.attempts().forEach(memory.inFlight()::put);
        parts.metrics().reserved(reserved.attempts().size());
        place(reserved);
        return reserved.attempts().size();
    }

    private Reserved commit(
            JdbcClient transaction, Lease lease, long now, List<Candidate> candidates, List<Slot> slots) {
        JobState state = parts.contacts().lockJobState(transaction, spec.jobId());
        if (state != JobState.RUNNING) {
            return new Reserved(state, List.of(), Map.of());
        }
        List<String> numbers =
                candidates.stream().map(Candidate::phoneNumber).distinct().toList();
        Map<String, @Nullable Instant> lastCalls = parts.attempts().lockCounters(transaction, spec, numbers);
        Set<String> doNotCall = parts.contacts().doNotCall(transaction, spec, numbers);
        Instant clock = parts.attempts().moment(transaction, spec).now();
        Judged judged = judge(candidates, clock, doNotCall, lastCalls);
        parts.contacts().writeBack(transaction, spec, judged.writeBacks());
        if (judged.reserve().isEmpty()) {
            return new Reserved(state, List.of(), Map.of());
        }
        Set<Long> moved = parts.attempts().takeContacts(transaction, spec, judged.reserve());
        Map<UUID, Slot> placing = new HashMap<>();
        List<LiveAttempt> attempts = new ArrayList<>(moved.size());
        for (Candidate candidate : judged.reserve()) {
            if (moved.contains(candidate.contactId())) {
                Slot slot = slots.get(attempts.size());
                LiveAttempt attempt = attempt(candidate, slot, now);
                attempts.add(attempt);
                placing.put(attempt.id(), slot);
            }
        }
        if (!attempts.isEmpty()) {
            insert(transaction, lease, attempts, clock);
        }
        return new Reserved(state, attempts, placing);
    }

    private void insert(JdbcClient transaction, Lease lease, List<LiveAttempt> attempts, Instant clock) {
        Instant deadline = clock.plus(patience());
        Set<UUID> inserted = parts.attempts().insert(transaction, spec, lease.epoch(), attempts, clock, deadline);
        if (inserted.size() != attempts.size()) {
            // The contacts were ours and not in an attempt, so their next attempts cannot exist. Nothing is committed.
            throw new InvariantBroken(
                    "INV-3", (attempts.size() - inserted.size()) + " attempts exist of contacts that are not in one");
        }
        parts.attempts().countNumbers(transaction, spec, attempts, clock);
        parts.journal().reserved(transaction, spec, lease.epoch(), attempts, clock);
    }

    private Judged judge(
            List<Candidate> candidates,
            Instant clock,
            Set<String> doNotCall,
            Map<String, @Nullable Instant> lastCalls) {
        Judged judged = new Judged(new ArrayList<>(candidates.size()), new ArrayList<>());
        for (Candidate candidate : candidates) {
            String number = candidate.phoneNumber();
            ReservationDecision decision = ReservationDecision.decide(
                    spec.node(),
                    clock,
                    candidate.zones(),
                    candidate.attemptsPlaced(),
                    doNotCall.contains(number),
                    lastCalls.get(number));
            switch (decision.kind()) {
                case RESERVE -> {
                    judged.reserve().add(candidate);
                    // The same number may stand in the batch twice.
                    lastCalls.put(number, clock);
                }
                case DEFER -> judged.writeBacks().add(new WriteBack(candidate, null, decision.notBefore()));
                case RESTRICT -> judged.writeBacks().add(new WriteBack(candidate, decision.restriction(), null));
            }
        }
        return judged;
    }

    private LiveAttempt attempt(Candidate candidate, Slot slot, long now) {
        return new LiveAttempt(
                parts.ids().next(),
                candidate.contactId(),
                candidate.attemptsMade() + 1,
                candidate.notPlaced(),
                candidate.phoneNumber(),
                candidate.userContactId(),
                candidate.contactListId(),
                slot.link().id(),
                slot.incarnation(),
                AttemptState.RESERVED,
                1,
                now,
                now + patience().toNanos());
    }

    private Duration patience() {
        return Deadlines.after(
                AttemptState.RESERVED, spec.node(), parts.properties().placeTtl());
    }

    private static void place(Reserved reserved) {
        Map<Order, List<LiveAttempt>> orders = new LinkedHashMap<>();
        for (LiveAttempt attempt : reserved.attempts()) {
            Slot slot = reserved.slots().get(attempt.id());
            if (slot != null) {
                orders.computeIfAbsent(new Order(slot.link(), slot.ticket()), order -> new ArrayList<>())
                        .add(attempt);
            }
        }
        orders.forEach((order, attempts) -> order.link().place(attempts, order.ticket()));
    }
}
