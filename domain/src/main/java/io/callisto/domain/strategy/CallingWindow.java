package io.callisto.domain.strategy;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * Local times of day between which a contact may be called (POM: Min/Max contact time). {@code 24:00} is the end of the day;
 * an end before or at the start wraps over midnight.
 *
 * @param start first minute that is open, {@code HH:mm}
 * @param end first minute that is closed again, {@code HH:mm} or {@code 24:00}
 */
public record CallingWindow(String start, String end) {
    /** Open all day. */
    public static final CallingWindow ALWAYS = new CallingWindow("00:00", "24:00");

    public CallingWindow {
        minutes(start, false);
        minutes(end, true);
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

    private boolean isOpenIn(Instant now, String zone) {
        ZonedDateTime local;
        try {
            local = now.atZone(ZoneId.of(zone));
        } catch (java.time.DateTimeException unknownZone) {
            return false;
        }
        int minute = local.getHour() * 60 + local.getMinute();
        int from = minutes(start, false);
        int to = minutes(end, true);
        return from < to ? minute >= from && minute < to : minute >= from || minute < to;
    }

    private static int minutes(String text, boolean endOfDay) {
        if (endOfDay && text.equals("24:00")) {
            return 24 * 60;
        }
        try {
            LocalTime time = LocalTime.parse(text);
            if (text.length() == 5) {
                return time.getHour() * 60 + time.getMinute();
            }
        } catch (java.time.format.DateTimeParseException notATime) {
            throw new IllegalArgumentException("not a time of day as HH:mm: '" + text + "'", notATime);
        }
        throw new IllegalArgumentException("not a time of day as HH:mm: '" + text + "'");
    }
}
