package io.callisto.drills.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** No contact is called beyond its plan, by the gateways' own records. */
public final class PlanChecker {
    private static final int NAMED = 5;

    private PlanChecker() {}

    /**
     * @param calls of one job
     * @param contactOf contact of each attempt of the job
     * @param maxAttempts calls that a contact may get
     */
    public static List<Violation> check(List<PlacedCall> calls, Map<UUID, Long> contactOf, int maxAttempts) {
        List<Violation> found = new ArrayList<>();
        Map<UUID, Integer> perAttempt = new HashMap<>();
        Map<Long, Set<UUID>> perContact = new HashMap<>();
        for (PlacedCall call : calls) {
            if (call.refused()) {
                continue;
            }
            if (perAttempt.merge(call.attemptId(), 1, Integer::sum) == 2) {
                found.add(new Violation(Aspect.PLAN, "attempt " + call.attemptId() + " was placed twice"));
            }
            Long contact = contactOf.get(call.attemptId());
            if (contact == null) {
                found.add(new Violation(
                        Aspect.RECONCILIATION,
                        call.gateway() + " placed " + call.attemptId() + ", which nobody planned"));
            } else {
                perContact.computeIfAbsent(contact, key -> new TreeSet<>()).add(call.attemptId());
            }
        }
        perContact.forEach((contact, attempts) -> {
            if (attempts.size() > maxAttempts) {
                found.add(new Violation(
                        Aspect.PLAN,
                        "contact " + contact + " was called " + attempts.size() + " times, its plan allows "
                                + maxAttempts));
            }
        });
        return found.size() > NAMED ? List.copyOf(found.subList(0, NAMED)) : List.copyOf(found);
    }
}
