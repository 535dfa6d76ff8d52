package io.callisto.domain.strategy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Local times of day between which a contact may be called (POM: Min/Max contact time). {@code 24:00} is the end of the
 * day;
 * an end before or at the start wraps over midnight.
 *
 * @param start first minute that is open, {@code HH:mm}
 * @param end first minute that is closed again, {@code HH:mm} or {@code 24:00}
 */
public record CallingWindow(String start, String end) {
    /** Open all day. */
    public static final CallingWindow ALWAYS = new CallingWindow("00:00", "24:00");

    /**
     * How far ahead {@link #nextOpening} looks: a window that does not open in all zones within it is taken as never
     * open.
     */
    public static final Duration HORIZON = Duration.ofDays(8);

    public CallingWindow {
        requireTime(start, false);
        requireTime(end, true);
    }

    /** Whether the window is open at {@code now} in every one of the zones. No zone, or an unknown one: closed. */
    public boolean isOpen(Instant now, List<String> zones) {
        if (zones.isEmpty()) {
            return false;
        }
        for (String zone : zones) {
            if (!isOpenIn(now, zone)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The first instant, {@code now} or later, at which the window is open in every one of the zones. Exact across
     * changes of
     * summer time. Empty where there is no zone, one is unknown, or they do not open together within {@link #HORIZON}.
     */
    public Optional<Instant> nextOpening(Instant now, List<String> zones) {
        if (zones.isEmpty()) {
            return Optional.empty();
        }
        List<ZoneId> known = new ArrayList<>(zones.size());
        for (String zone : zones) {
            try {
                known.add(ZoneId.of(zone));
            } catch (DateTimeException unknownZone) {
                return Optional.empty();
            }
        }
        Instant limit = now.plus(HORIZON);
        Instant at = now;
        int agreed = 0;
        // The joint opening is never before any zone's own next opening, so going to the latest of them skips nothing.
        for (int next = 0; agreed < known.size(); next = (next + 1) % known.size()) {
            Instant own = nextOpeningIn(at, known.get(next));
            if (own.isAfter(limit)) {
                return Optional.empty();
            }
            agreed = own.equals(at) ? agreed + 1 : 1;
            at = own;
        }
        return Optional.of(at);
    }

    /** Within one offset local time runs evenly, so the next start is plain arithmetic; at each change look again. */
    private Instant nextOpeningIn(Instant now, ZoneId zone) {
        Instant at = now;
        while (!isOpenIn(at, zone)) {
            ZoneOffset offset = zone.getRules().getOffset(at);
            LocalDateTime local = LocalDateTime.ofEpochSecond(at.getEpochSecond(), at.getNano(), offset);
            LocalDateTime opening = local.toLocalDate().atStartOfDay().plusMinutes(minuteOfDay(start));
            if (opening.isBefore(local)) {
                opening = opening.plusDays(1);
            }
            Instant candidate = opening.toInstant(offset);
            ZoneOffsetTransition change = zone.getRules().nextTransition(at);
            at = change != null && change.getInstant().isBefore(candidate) ? change.getInstant() : candidate;
        }
        return at;
    }

    private boolean isOpenIn(Instant now, String zone) {
        try {
            return isOpenIn(now, ZoneId.of(zone));
        } catch (DateTimeException unknownZone) {
            return false;
        }
    }

    private boolean isOpenIn(Instant now, ZoneId zone) {
        ZonedDateTime local = now.atZone(zone);
        int minute = local.getHour() * 60 + local.getMinute();
        int from = minuteOfDay(start);
        int to = minuteOfDay(end);
        return from < to ? minute >= from && minute < to : minute >= from || minute < to;
    }

    /** Of a checked text: this runs for every contact that is judged. */
    private static int minuteOfDay(String checked) {
        int hour = (checked.charAt(0) - '0') * 10 + checked.charAt(1) - '0';
        return hour * 60 + (checked.charAt(3) - '0') * 10 + checked.charAt(4) - '0';
    }

    private static void requireTime(String text, boolean endOfDay) {
        if (endOfDay && text.equals("24:00")) {
            return;
        }
        try {
            LocalTime.parse(text);
        } catch (DateTimeParseException notATime) {
            throw new IllegalArgumentException("not a time of day as HH:mm: '" + text + "'", notATime);
        }
        if (text.length() != 5) {
            throw new IllegalArgumentException("not a time of day as HH:mm: '" + text + "'");
        }
    }
}
