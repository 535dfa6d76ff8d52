package io.callisto.drills.simulation;

import io.callisto.ha.NodeId;
import io.callisto.ha.Scope;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is committed in the simulated database. Rows are values, so that a copy is a standby's state. */
final class Tables {
    static final int MOST_ATTEMPTS = 6;

    record Fence(long epoch, @Nullable NodeId owner) {}

    record LeaseRow(long epoch, @Nullable NodeId owner, boolean released, long ttlMillis, long expiresNanos) {
        LeaseRow release(long nowNanos) {
            return new LeaseRow(epoch, owner, true, ttlMillis, nowNanos);
        }

        LeaseRow extend(long untilNanos) {
            return new LeaseRow(epoch, owner, released, ttlMillis, untilNanos);
        }
    }

    record NodeRow(String server, String state, long heartbeatNanos, long diedNanos) {
        boolean dead() {
            return state.equals("DEAD");
        }
    }

    /** Who has ever been given an epoch, and why. */
    record Transition(NodeId owner, String reason) {}

    enum ContactState {
        READY,
        BUSY,
        DONE
    }

    record Contact(int id, int nextAttempt, ContactState state, int events) {}

    enum AttemptState {
        RESERVED,
        PLACED,
        NEVER_PLACED,
        ENDED
    }

    record Attempt(UUID id, int contact, int number, AttemptState state) {
        boolean open() {
            return state == AttemptState.RESERVED || state == AttemptState.PLACED;
        }
    }

    record Event(long row, int contact, int sequence) {}

    int timeline = 1;
    final Map<Scope, Fence> fences = new HashMap<>();
    final Map<Scope, LeaseRow> leases = new HashMap<>();
    final Map<Scope, String> wishes = new HashMap<>();
    final Map<NodeId, NodeRow> nodes = new HashMap<>();
    final Map<Scope, TreeMap<Long, Transition>> transitions = new HashMap<>();
    final TreeMap<Integer, Contact> contacts = new TreeMap<>();
    final TreeMap<UUID, Attempt> attempts = new TreeMap<>();
    final TreeMap<Long, Event> outbox = new TreeMap<>();
    final Map<Scope, Integer> ticks = new HashMap<>();
    long lastRow;

    Tables copy() {
        Tables copy = new Tables();
        copy.timeline = timeline;
        copy.fences.putAll(fences);
        copy.leases.putAll(leases);
        copy.wishes.putAll(wishes);
        copy.nodes.putAll(nodes);
        transitions.forEach((scope, epochs) -> copy.transitions.put(scope, new TreeMap<>(epochs)));
        copy.contacts.putAll(contacts);
        copy.attempts.putAll(attempts);
        copy.outbox.putAll(outbox);
        copy.ticks.putAll(ticks);
        copy.lastRow = lastRow;
        return copy;
    }

    Contact contact(int id) {
        return Optional.ofNullable(contacts.get(id)).orElseThrow();
    }

    /** The contacts whose rows are not what they were in the other state, or whose events are waiting there again. */
    Set<Integer> contactsThatDiffer(Tables other) {
        Set<Integer> differ = new HashSet<>();
        contacts.forEach((id, contact) -> {
            if (!contact.equals(other.contacts.get(id))) {
                differ.add(id);
            }
        });
        other.outbox.forEach((row, event) -> {
            if (!outbox.containsKey(row)) {
                differ.add(event.contact());
            }
        });
        return differ;
    }

    /** A new attempt of this contact; false where there is one of this number, or the contact is not waiting. */
    boolean reserve(Attempt attempt) {
        Contact contact = contact(attempt.contact());
        if (contact.state() != ContactState.READY || contact.nextAttempt() != attempt.number()) {
            return false;
        }
        attempts.put(attempt.id(), attempt);
        contacts.put(
                contact.id(), new Contact(contact.id(), attempt.number() + 1, ContactState.BUSY, contact.events()));
        return true;
    }

    /** An open attempt moves on; false where it has already. */
    boolean move(UUID id, AttemptState to, boolean again) {
        Attempt was = attempts.get(id);
        if (was == null || !was.open() || was.state() == to) {
            return false;
        }
        attempts.put(id, new Attempt(id, was.contact(), was.number(), to));
        if (to != AttemptState.PLACED) {
            Contact contact = contact(was.contact());
            boolean more = again && contact.nextAttempt() <= MOST_ATTEMPTS;
            contacts.put(
                    contact.id(),
                    new Contact(
                            contact.id(),
                            contact.nextAttempt(),
                            more ? ContactState.READY : ContactState.DONE,
                            contact.events()));
        }
        return true;
    }

    /** The event of a change of this contact: into the outbox, with the contact's next sequence. */
    Event event(int contactId, boolean intoOutbox) {
        Contact contact = contact(contactId);
        int sequence = contact.events() + 1;
        contacts.put(contactId, new Contact(contactId, contact.nextAttempt(), contact.state(), sequence));
        Event event = new Event(++lastRow, contactId, sequence);
        if (intoOutbox) {
            outbox.put(event.row(), event);
        }
        return event;
    }
}
