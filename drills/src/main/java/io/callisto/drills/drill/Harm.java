package io.callisto.drills.drill;

import io.callisto.drills.history.Owner;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A fault with its victims chosen, ready to be done.
 *
 * @param what in words, for the report
 * @param servers that may not answer while it lasts
 * @param affected scopes that must move, of those that are held when it is done
 * @param strike does it
 * @param hold how long it lasts, where no takeover ends the wait
 * @param heal makes everything whole again, with what does not come back by itself
 */
record Harm(
        String what, Set<String> servers, Predicate<Owner> affected, Runnable strike, Duration hold, Runnable heal) {
    Harm {
        servers = Set.copyOf(servers);
    }

    /** A fault after which nobody has to help. */
    static Harm lasting(String what, Set<String> servers, Predicate<Owner> affected, Runnable strike, Runnable heal) {
        return new Harm(what, servers, affected, strike, Duration.ofMillis(500), heal);
    }

    /** A fault that lasts and moves nothing. */
    static Harm passing(String what, Set<String> servers, Duration hold, Runnable strike, Runnable heal) {
        return new Harm(what, servers, owner -> false, strike, hold, heal);
    }
}
