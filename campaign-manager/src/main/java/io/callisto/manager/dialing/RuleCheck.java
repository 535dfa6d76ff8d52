package io.callisto.manager.dialing;

import io.callisto.rules.client.RuleEngineUnavailable;
import java.time.Instant;
import java.util.List;

/** The rule engine, as the dialer sees it. Blocks for a bounded time. Thread-safe. */
interface RuleCheck {
    /** What the rules say of a contact. */
    enum Verdict {
        ALLOW,
        DEFER,
        RESTRICT
    }

    /**
     * @param rule that decided; empty where {@code ALLOW}
     * @param notBefore with {@code DEFER}: when to ask again at the earliest
     */
    record Ruling(Verdict verdict, String rule, Instant notBefore) {}

    /**
     * @param now the database's clock
     * @return one for each candidate, in order
     * @throws RuleEngineUnavailable where no answer came in time
     */
    List<Ruling> check(JobSpec spec, Instant now, List<Candidate> candidates);
}
