package io.callisto.event.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which of several sites the client follows. The first one that is there, in the order in which they were given; then
 * the same one until it is lost.
 *
 * @param unreachableAfter a site that has not answered for this long is lost: the client goes to the next one that
 *     answers
 * @param quietAfter a site without a new record for this long, while another one has new records, is no longer the
 *     active one; null to leave that out
 * @param goBackAfter when a site that was given earlier has answered again for this long, the client goes back to it;
 *     null to stay
 * @param afterSwitch where the client begins at its new site
 * @param overlap with {@link AfterSwitch#REPLAY}: how much earlier than the last event that was handled
 * @param lookEvery how often the sites are looked at
 */
public record SiteRules(
        Duration unreachableAfter,
        @Nullable Duration quietAfter,
        @Nullable Duration goBackAfter,
        AfterSwitch afterSwitch,
        Duration overlap,
        Duration lookEvery) {
    /** Where the client begins at its new site. */
    public enum AfterSwitch {
        /** Only events that come after the switch (POM). */
        NEW_EVENTS,
        /** Events since the last one that was handled, less the overlap; repeats are dropped by their event id. */
        REPLAY
    }

    public SiteRules {
        if (unreachableAfter.compareTo(Duration.ZERO) <= 0 || lookEvery.compareTo(Duration.ZERO) <= 0) {
            throw new IllegalArgumentException("unreachableAfter and lookEvery must be longer than nothing");
        }
        if (overlap.isNegative()) {
            throw new IllegalArgumentException("overlap must not be negative");
        }
    }

    /** Lost after 10 s, stay where we are, new events only. */
    public static SiteRules standard() {
        return new SiteRules(
                Duration.ofSeconds(10),
                null,
                null,
                AfterSwitch.NEW_EVENTS,
                Duration.ofMinutes(1),
                Duration.ofSeconds(2));
    }

    public SiteRules withUnreachableAfter(Duration time) {
        return new SiteRules(time, quietAfter, goBackAfter, afterSwitch, overlap, lookEvery);
    }

    public SiteRules withQuietAfter(@Nullable Duration time) {
        return new SiteRules(unreachableAfter, time, goBackAfter, afterSwitch, overlap, lookEvery);
    }

    public SiteRules withGoBackAfter(@Nullable Duration time) {
        return new SiteRules(unreachableAfter, quietAfter, time, afterSwitch, overlap, lookEvery);
    }

    public SiteRules withReplay(Duration howMuchEarlier) {
        return new SiteRules(unreachableAfter, quietAfter, goBackAfter, AfterSwitch.REPLAY, howMuchEarlier, lookEvery);
    }

    public SiteRules withLookEvery(Duration time) {
        return new SiteRules(unreachableAfter, quietAfter, goBackAfter, afterSwitch, overlap, time);
    }
}
