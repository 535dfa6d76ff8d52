package io.callisto.drills.history;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * Hours in which a contact may be called, by its own wall clock.
 *
 * @param start inclusive
 * @param end exclusive; before the start: over midnight
 * @param zone of the contact
 */
public record CallingWindow(LocalTime start, LocalTime end, ZoneId zone) {
    private static final int NAMED = 5;

    /** Calls that a gateway placed outside the window, by its own clock. */
    public List<Violation> check(List<PlacedCall> calls) {
        return calls.stream()
                .filter(call -> !call.refused())
                .filter(call -> !contains(call.dialedAt().atZone(zone)))
                .limit(NAMED)
                .map(call -> new Violation(
                        Aspect.WINDOW,
                        call.gateway() + " placed " + call.attemptId() + " at "
                                + call.dialedAt().atZone(zone).toLocalTime() + ", outside " + start + " to " + end))
                .toList();
    }

    private boolean contains(ZonedDateTime at) {
        LocalTime time = at.toLocalTime();
        boolean afterStart = !time.isBefore(start);
        boolean beforeEnd = time.isBefore(end);
        return start.isBefore(end) ? afterStart && beforeEnd : afterStart || beforeEnd;
    }
}
