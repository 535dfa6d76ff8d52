package io.callisto.drills.simulation;

import io.callisto.drills.simulation.Tables.LeaseRow;
import io.callisto.drills.simulation.Tables.Transition;
import io.callisto.ha.Epochs;
import io.callisto.ha.Lease;
import io.callisto.ha.NodeId;
import io.callisto.ha.Scope;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What must never happen, looked at with every effect as it is accepted. Knows the truth that no server knows: world
 * time, the committed rows, and which commits a promotion has lost.
 */
final class Checkers {
    static final String NO_STALE_COMMIT = "INV-1 no stale commit";
    static final String ONE_OWNER = "INV-2 one owner per epoch, epochs rise";
    static final String ORDER = "accepted effects in the order of epochs";
    static final String DIAL_ONCE = "INV-3 called once";
    static final String NEVER_PLACED = "INV-4 never placed stays so";
    static final String PUBLISHED_ONCE = "INV-5 published once, in order";
    static final String IN_TIME = "placed in time";
    static final String ACTS_AS_OWNER = "acts only while the lease is its own";
    static final String LIVENESS = "liveness";

    /** Who works for a scope. */
    record Worked(long epoch, long atNanos) {}

    private record ScopeEpoch(Scope scope, long epoch) {}

    private record Dialed(int contact, int number) {}

    private final World world;
    private final boolean clocksAreSane;
    private final Map<Scope, Long> claimed = new HashMap<>();
    private final Map<Scope, Long> highestClaimed = new HashMap<>();
    private final Map<Scope, Long> accepted = new HashMap<>();
    private final Map<Scope, Worked> worked = new HashMap<>();
    private final Set<ScopeEpoch> lostEpochs = new HashSet<>();
    private final Set<ScopeEpoch> certifiedTenures = new HashSet<>();
    private final Set<Integer> lostContacts = new HashSet<>();
    private final Set<Dialed> dialed = new HashSet<>();
    private final Set<UUID> neverPlaced = new HashSet<>();
    private final Map<Integer, Integer> published = new HashMap<>();
    private @Nullable SimDatabase database;
    private int takeovers;
    private int calls;
    private int refusals;

    /**
     * @param clocksAreSane whether every clock keeps the margin that timing allows for
     */
    Checkers(World world, boolean clocksAreSane) {
        this.world = world;
        this.clocksAreSane = clocksAreSane;
    }

    void watch(SimDatabase watched) {
        database = watched;
    }

    int takeovers() {
        return takeovers;
    }

    int calls() {
        return calls;
    }

    /** What zombies tried in vain. */
    int refusals() {
        return refusals;
    }

    void refused(Scope scope) {
        refusals++;
        world.trace("refused: an old owner of " + scope);
    }

    void committed(Tx tx, Tables before, Tables after) {
        after.transitions.forEach((scope, epochs) -> {
            TreeMap<Long, Transition> old = before.transitions.get(scope);
            Map.Entry<Long, Transition> last = epochs.lastEntry();
            if (old == null || !Objects.equals(old.lastEntry(), last)) {
                claimed(scope, last.getKey(), last.getValue());
            }
        });
        Tx.Work work = tx.work();
        if (work != null) {
            long owner = claimed.getOrDefault(work.scope(), 0L);
            if (work.epoch() != owner) {
                world.violated(NO_STALE_COMMIT, tx + " committed while epoch " + Long.toHexString(owner) + " owns");
            }
            worked.put(work.scope(), new Worked(work.epoch(), world.now()));
            if (tx.writes()) {
                accepted(work.scope(), work.epoch(), "sql");
            }
        }
    }

    private void claimed(Scope scope, long epoch, Transition by) {
        takeovers++;
        long highest = highestClaimed.getOrDefault(scope, 0L);
        if (epoch <= highest) {
            world.violated(
                    ONE_OWNER,
                    scope + " epoch " + Long.toHexString(epoch) + " was given out again (" + by.reason() + ")");
        }
        highestClaimed.put(scope, epoch);
        claimed.put(scope, epoch);
    }

    void accepted(Scope scope, long epoch, String where) {
        if (lostEpochs.contains(new ScopeEpoch(scope, epoch))) {
            return;
        }
        long highest = accepted.merge(scope, epoch, Math::max);
        if (epoch < highest) {
            world.violated(
                    ORDER,
                    where + " accepted " + scope + " epoch " + Long.toHexString(epoch) + " after "
                            + Long.toHexString(highest));
        }
    }

    /** An owner begins an effect: by its clock it may, and by the database's truth the lease is still its own. */
    void acts(SimServer server, Lease lease, String what) {
        String who = server + " acts (" + what + ") for " + lease.scope() + " epoch " + Long.toHexString(lease.epoch())
                + " ";
        if (server.ticker().nanos() - lease.deadlineNanos() >= 0) {
            world.violated(ACTS_AS_OWNER, who + "after its deadline");
        }
        SimDatabase now = Objects.requireNonNull(database);
        LeaseRow row = now.tables().leases.get(lease.scope());
        boolean promoted = Epochs.timeline(lease.epoch()) < now.tables().timeline;
        boolean certified = certifiedTenures.contains(new ScopeEpoch(lease.scope(), lease.epoch()));
        if (row == null || !clocksAreSane || promoted || certified) {
            return;
        }
        if (row.epoch() == lease.epoch() && row.released()) {
            world.violated(ACTS_AS_OWNER, who + "after it was given back");
        } else if (row.epoch() == lease.epoch() && row.expiresNanos() <= now.clock()) {
            world.violated(ACTS_AS_OWNER, who + "after it has expired");
        } else if (row.epoch() > lease.epoch()) {
            TreeMap<Long, Transition> epochs = now.tables().transitions.get(lease.scope());
            Map.Entry<Long, Transition> next = epochs == null ? null : epochs.higherEntry(lease.epoch());
            if (next != null && !next.getValue().reason().equals("DEATH_CERTIFICATE")) {
                world.violated(
                        ACTS_AS_OWNER,
                        who + "after a takeover: " + next.getValue().reason());
            }
        }
    }

    /** What the node holds now is anybody's, and it learns of that at its next renewal only. */
    void certified(NodeId node) {
        Objects.requireNonNull(database).tables().leases.forEach((scope, row) -> {
            if (node.equals(row.owner())) {
                certifiedTenures.add(new ScopeEpoch(scope, row.epoch()));
            }
        });
    }

    /**
     * @param live how many calls to a contact are live now
     */
    void placed(SimGateway.Order order, IntToLongFunction live) {
        calls++;
        accepted(order.scope(), order.epoch(), "gateway");
        String call = "contact " + order.contact() + " attempt " + order.number();
        boolean first = dialed.add(new Dialed(order.contact(), order.number()));
        if (!lostContacts.contains(order.contact())) {
            if (!first) {
                world.violated(DIAL_ONCE, call + " was called twice");
            }
            if (live.applyAsLong(order.contact()) > 1) {
                world.violated(DIAL_ONCE, call + ": two live calls");
            }
        }
        if (neverPlaced.contains(order.call())) {
            world.violated(NEVER_PLACED, call + " was placed after all");
        }
        if (world.now() - order.sentNanos() > SimGateway.TTL + SimGateway.TTL / 8) {
            world.violated(IN_TIME, call + " was placed long after it was ordered");
        }
    }

    void answeredNeverPlaced(UUID call) {
        neverPlaced.add(call);
    }

    void published(Tables.Event event) {
        int before = Optional.ofNullable(published.put(event.contact(), event.sequence()))
                .orElse(0);
        if (!lostContacts.contains(event.contact()) && event.sequence() != before + 1) {
            world.violated(
                    PUBLISHED_ONCE,
                    "contact " + event.contact() + " event " + event.sequence() + " came after " + before);
        }
    }

    /** What the promotion lost cannot be held against anybody, but nothing else is forgiven. */
    void promoted(Tables lost, Tables now) {
        lost.transitions.forEach((scope, epochs) -> {
            TreeMap<Long, Transition> kept = now.transitions.getOrDefault(scope, new TreeMap<>());
            epochs.keySet().stream()
                    .filter(epoch -> !kept.containsKey(epoch))
                    .forEach(epoch -> lostEpochs.add(new ScopeEpoch(scope, epoch)));
            long last = kept.isEmpty() ? 0 : kept.lastKey();
            claimed.put(scope, last);
            accepted.computeIfPresent(scope, (name, epoch) -> Math.min(epoch, last));
        });
        Set<Integer> differ = lost.contactsThatDiffer(now);
        lostContacts.addAll(differ);
        world.trace("promotion: timeline " + now.timeline + ", contacts with lost changes " + differ.size());
    }

    /** What is still missing after the faults have stopped; empty: all is well. */
    Optional<String> missing(Collection<Scope> scopes, long patienceNanos) {
        Tables tables = Objects.requireNonNull(database).tables();
        for (Scope scope : scopes) {
            Worked last = worked.get(scope);
            if (last == null
                    || world.now() - last.atNanos() > patienceNanos
                    || last.epoch() != claimed.getOrDefault(scope, 0L)) {
                return Optional.of("nobody works for " + scope);
            }
        }
        for (Tables.Contact contact : tables.contacts.values()) {
            int events = published.getOrDefault(contact.id(), 0);
            if (contact.state() != Tables.ContactState.DONE) {
                return Optional.of("contact " + contact.id() + " is " + contact.state());
            }
            if (!lostContacts.contains(contact.id()) && events != contact.events()) {
                return Optional.of(
                        "contact " + contact.id() + ": " + contact.events() + " events, " + events + " published");
            }
        }
        return tables.outbox.isEmpty() ? Optional.empty() : Optional.of("the outbox is not empty");
    }
}
