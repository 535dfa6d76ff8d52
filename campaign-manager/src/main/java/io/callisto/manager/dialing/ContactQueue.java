package io.callisto.manager.dialing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The contacts of the scope that are in the heap: waiting for the rules, being checked, or allowed. A contact is in
 * here at most
 * once, from its being read until it is reserved or written back.
 */
final class ContactQueue {
    /**
     * A contact that may be dialed.
     *
     * @param untilNanos monotonic time after which the rules must be asked again
     */
    record Allowed(Candidate candidate, long untilNanos) {}

    private final int limit;
    private final Deque<Candidate> waiting = new ArrayDeque<>();
    private final Deque<Allowed> allowed = new ArrayDeque<>();
    private final Set<Long> contacts = new HashSet<>();

    ContactQueue(int limit) {
        this.limit = limit;
    }

    /** How many more may come in. */
    int room() {
        return limit - contacts.size();
    }

    int limit() {
        return limit;
    }

    int size() {
        return contacts.size();
    }

    int allowedSize() {
        return allowed.size();
    }

    int waitingSize() {
        return waiting.size();
    }

    /** Adds a contact that was read; false where it is in here already. */
    boolean add(Candidate candidate) {
        if (!contacts.add(candidate.contactId())) {
            return false;
        }
        waiting.addLast(candidate);
        return true;
    }

    /** Takes contacts to be checked; they stay counted until allowed, given back or dropped. */
    List<Candidate> takeWaiting(int most) {
        List<Candidate> taken = new ArrayList<>(Math.min(most, waiting.size()));
        while (taken.size() < most && !waiting.isEmpty()) {
            taken.add(waiting.removeFirst());
        }
        return taken;
    }

    /** The check did not happen: they are first in line again. */
    void giveBackWaiting(List<Candidate> candidates) {
        for (int i = candidates.size() - 1; i >= 0; i--) {
            waiting.addFirst(candidates.get(i));
        }
    }

    void allow(Allowed contact) {
        allowed.addLast(contact);
    }

    /** Takes allowed contacts to be reserved, the oldest decision first. */
    List<Allowed> takeAllowed(int most) {
        List<Allowed> taken = new ArrayList<>(Math.min(most, allowed.size()));
        while (taken.size() < most && !allowed.isEmpty()) {
            taken.add(allowed.removeFirst());
        }
        return taken;
    }

    /** They were not reserved after all: they are first in line again. */
    void giveBackAllowed(List<Allowed> taken) {
        for (int i = taken.size() - 1; i >= 0; i--) {
            allowed.addFirst(taken.get(i));
        }
    }

    /** Decisions that are too old count no more: their contacts are checked again. */
    void expire(long nowNanos) {
        while (!allowed.isEmpty() && nowNanos - allowed.getFirst().untilNanos() >= 0) {
            waiting.addFirst(allowed.removeFirst().candidate());
        }
    }

    /** They are reserved, or written back, or not ours to dial any more. */
    void drop(Collection<Candidate> candidates) {
        candidates.forEach(candidate -> contacts.remove(candidate.contactId()));
    }
}
