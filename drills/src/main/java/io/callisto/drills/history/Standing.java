package io.callisto.drills.history;

import java.util.List;

/**
 * What must be empty when a cluster is at rest.
 *
 * @param ownerless scopes that should have an owner and have none
 * @param overdueAttempts attempts that are open past their deadline
 * @param stuckContacts contacts that count as being called, without a call
 */
public record Standing(List<String> ownerless, long overdueAttempts, long stuckContacts) {
    public Standing {
        ownerless = List.copyOf(ownerless);
    }

    public List<Violation> check() {
        java.util.ArrayList<Violation> found = new java.util.ArrayList<>();
        ownerless.forEach(scope -> found.add(new Violation(Aspect.LIVENESS, scope + " has no owner")));
        if (overdueAttempts > 0) {
            found.add(new Violation(Aspect.STUCK, overdueAttempts + " attempts are open past their deadline"));
        }
        if (stuckContacts > 0) {
            found.add(new Violation(Aspect.STUCK, stuckContacts + " contacts are in an attempt that does not exist"));
        }
        return List.copyOf(found);
    }
}
