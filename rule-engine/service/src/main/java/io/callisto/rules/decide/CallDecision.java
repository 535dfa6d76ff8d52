package io.callisto.rules.decide;

import io.callisto.domain.strategy.CallingWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rules on the candidates of one batch, in this order: do-not-call, maximum of attempts, users' rules, minimum gap,
 * calling
 * window; the first that objects decides. A function of its arguments alone; used by one thread, because it remembers
 * the
 * openings of zones, which most candidates of a batch share.
 */
public final class CallDecision {
    public static final String DO_NOT_CALL = "Do_Not_Call";
    public static final String MAX_ATTEMPTS = "Max_Attempts";
    public static final String MINIMUM_GAP = "Minimum_Gap";
    public static final String CALLING_WINDOW = "Calling_Window";

    /** How long a user's rule puts off a contact. */
    public static final Duration DEFERRAL = Duration.ofMinutes(15);

    private final BatchFacts batch;
    private final List<UserRule> rules;
    private final Map<List<String>, Ruling> windowRulings = new HashMap<>();

    /**
     * @param rules all, in their order; those that do not bind the batch are left out here
     */
    public CallDecision(BatchFacts batch, List<UserRule> rules) {
        this.batch = batch;
        this.rules = rules.stream().filter(rule -> rule.binds(batch)).toList();
    }

    /** The ruling on one candidate. */
    public Ruling decide(ContactFacts contact) {
        if (contact.doNotCall()) {
            return Ruling.restricted(DO_NOT_CALL);
        }
        if (batch.maxAttempts() > 0 && contact.attemptsMade() >= batch.maxAttempts()) {
            return Ruling.restricted(MAX_ATTEMPTS);
        }
        for (UserRule rule : rules) {
            Expression.Truth truth = rule.expression().judge(batch, contact);
            if (truth == Expression.Truth.HIT && rule.verdict() == Verdict.RESTRICT) {
                return Ruling.restricted(rule.name());
            }
            // A rule that fails is for a person to mend: putting the contact off loses nothing, restricting it would.
            if (truth != Expression.Truth.CLEAR) {
                return Ruling.deferred(rule.name(), batch.now().plus(DEFERRAL));
            }
        }
        Instant last = contact.lastAttempt();
        if (last != null && batch.now().isBefore(last.plus(batch.minGap()))) {
            return Ruling.deferred(MINIMUM_GAP, last.plus(batch.minGap()));
        }
        CallingWindow window = batch.window();
        return window == null
                ? Ruling.ALLOWED
                : windowRulings.computeIfAbsent(contact.zones(), zones -> byWindow(window, zones));
    }

    private Ruling byWindow(CallingWindow window, List<String> zones) {
        Optional<Instant> opening = window.nextOpening(batch.now(), zones);
        if (opening.isEmpty()) {
            return Ruling.restricted(CALLING_WINDOW);
        }
        return opening.get().equals(batch.now()) ? Ruling.ALLOWED : Ruling.deferred(CALLING_WINDOW, opening.get());
    }
}
