package io.callisto.drills.load;

import io.callisto.drills.history.Aspect;
import io.callisto.drills.history.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which messages went in and came out. Thread-safe. */
final class MessageLedger {
    private final Set<Integer> waiting = new TreeSet<>();
    private final Set<Integer> seen = new HashSet<>();
    private final Set<Integer> doubled = new TreeSet<>();
    private int sent;

    /** The number to send next; the same again until it is {@link #sent}. */
    synchronized int next() {
        return sent + 1;
    }

    /** The broker has taken it. */
    synchronized void sent(int number) {
        sent = number;
        if (!seen.contains(number)) {
            waiting.add(number);
        }
    }

    /**
     * It came out.
     *
     * @param redelivered the broker says that it may have come out before
     */
    synchronized void received(int number, boolean redelivered) {
        waiting.remove(number);
        if (!seen.add(number) && !redelivered) {
            doubled.add(number);
        }
    }

    synchronized boolean empty() {
        return waiting.isEmpty();
    }

    synchronized List<Violation> verdict() {
        List<Violation> found = new ArrayList<>();
        if (sent == 0) {
            found.add(new Violation(Aspect.LIVENESS, "no broker ever took a message"));
        }
        if (!waiting.isEmpty()) {
            found.add(new Violation(Aspect.LOST, waiting.size() + " of " + sent + " messages never came out"));
        }
        if (!doubled.isEmpty()) {
            found.add(new Violation(
                    Aspect.LOST, doubled.size() + " messages came out twice without being marked as redelivered"));
        }
        return found;
    }
}
