package io.callisto.drills.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One owner per epoch (INV-2), and epochs rise with time. */
public final class OwnershipChecker {
    private record Term(String scope, long epoch) {}

    private OwnershipChecker() {}

    /**
     * @param effects what was accepted; an effect of another node than the one that claimed its epoch is a violation
     */
    public static List<Violation> check(List<Transition> transitions, List<Effect> effects) {
        List<Violation> found = new ArrayList<>();
        Map<Term, UUID> owners = new HashMap<>();
        Map<String, Transition> last = new HashMap<>();
        for (Transition next : transitions.stream()
                .sorted(java.util.Comparator.comparing(Transition::at).thenComparing(Transition::epoch))
                .toList()) {
            UUID other = owners.putIfAbsent(new Term(next.scope(), next.epoch()), next.to());
            if (other != null) {
                found.add(new Violation(Aspect.OWNER, next.scope() + " epoch " + next.epoch() + " was claimed twice"));
            }
            Transition before = last.put(next.scope(), next);
            if (before != null && before.epoch() >= next.epoch()) {
                found.add(new Violation(
                        Aspect.OWNER, next.scope() + " went from epoch " + before.epoch() + " to " + next.epoch()));
            }
        }
        Map<Term, UUID> actors = new HashMap<>();
        for (Effect effect : effects) {
            Term term = new Term(effect.scope(), effect.epoch());
            UUID first = actors.putIfAbsent(term, effect.node());
            UUID owner = owners.getOrDefault(term, first == null ? effect.node() : first);
            if (!owner.equals(effect.node())) {
                found.add(new Violation(
                        Aspect.OWNER,
                        effect.scope() + " epoch " + effect.epoch() + " belongs to " + owner + ", but " + effect.node()
                                + " acted for it"));
                actors.put(term, effect.node());
            }
        }
        return found.stream().distinct().toList();
    }
}
