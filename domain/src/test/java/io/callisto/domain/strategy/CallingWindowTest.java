package io.callisto.domain.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallingWindowTest {
    private static final List<String> ZONES = List.of(
            "Europe/Berlin",
            "Europe/London",
            "America/New_York",
            "America/St_Johns",
            "America/Sao_Paulo",
            "Asia/Kathmandu",
            "Asia/Tokyo",
            "Australia/Lord_Howe",
            "Pacific/Chatham",
            "Pacific/Apia",
            "Africa/Casablanca",
            "UTC");

    @ParameterizedTest
    @CsvSource({
        // summer time begins: 02:00 becomes 03:00
        "02:30, 04:00, Europe/Berlin, 2027-03-28T00:59:00Z, 2027-03-28T01:00:00Z",
        "02:10, 02:50, Europe/Berlin, 2027-03-28T00:59:00Z, 2027-03-29T00:10:00Z",
        // summer time ends: 03:00 becomes 02:00, so the window opens twice
        "02:00, 02:30, Europe/Berlin, 2027-10-31T00:45:00Z, 2027-10-31T01:00:00Z",
        "09:00, 20:00, Europe/Berlin, 2027-10-30T18:00:00Z, 2027-10-31T08:00:00Z",
        // over midnight
        "22:00, 06:00, Asia/Tokyo, 2027-01-01T20:59:59Z, 2027-01-01T20:59:59Z",
        "22:00, 06:00, Asia/Tokyo, 2027-01-01T21:00:00Z, 2027-01-02T13:00:00Z",
        "00:00, 24:00, Asia/Tokyo, 2027-01-01T21:00:01Z, 2027-01-01T21:00:01Z",
        // the day that Samoa left out
        "09:00, 10:00, Pacific/Apia, 2011-12-29T21:00:00Z, 2011-12-30T19:00:00Z"
    })
    void it_opens_at_the_first_open_instant(String start, String end, String zone, String now, String opens) {
        assertThat(new CallingWindow(start, end).nextOpening(Instant.parse(now), List.of(zone)))
                .contains(Instant.parse(opens));
    }

    @Test
    void several_zones_open_together_only() {
        List<String> zones = List.of("America/New_York", "America/Los_Angeles");
        CallingWindow window = new CallingWindow("09:00", "13:00");
        assertThat(window.nextOpening(Instant.parse("2027-01-04T14:00:00Z"), zones))
                .contains(Instant.parse("2027-01-04T17:00:00Z"));
        assertThat(window.nextOpening(Instant.parse("2027-01-04T18:00:00Z"), zones))
                .contains(Instant.parse("2027-01-05T17:00:00Z"));
        assertThat(new CallingWindow("09:00", "12:00").nextOpening(Instant.parse("2027-01-04T14:00:00Z"), zones))
                .isEmpty();
    }

    @Test
    void no_zone_or_an_unknown_one_never_opens() {
        Instant now = Instant.parse("2027-01-04T14:00:00Z");
        assertThat(CallingWindow.ALWAYS.nextOpening(now, List.of())).isEmpty();
        assertThat(CallingWindow.ALWAYS.nextOpening(now, List.of("UTC", "Mars/Base")))
                .isEmpty();
        assertThat(CallingWindow.ALWAYS.nextOpening(now, List.of(""))).isEmpty();
        assertThat(CallingWindow.ALWAYS.isOpen(now, List.of("UTC", "Mars/Base")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9:00", "09:00:00", "24:01", "09-00", "25:00", "09:60", "0900", "٠٩:٠٠"})
    void what_is_not_a_time_of_day_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new CallingWindow(text, "20:00"));
        assertThatIllegalArgumentException().isThrownBy(() -> new CallingWindow("09:00", text));
        assertThatIllegalArgumentException().isThrownBy(() -> new CallingWindow("24:00", "20:00"));
    }

    /** The oracle walks minute by minute over local times of its own reading; offsets of our time are whole minutes. */
    @Test
    void it_agrees_with_a_minute_by_minute_scan_in_10000_generated_cases() {
        SplittableRandom random = new SplittableRandom(20261122);
        for (int i = 0; i < 10_000; i++) {
            CallingWindow window = window(random);
            List<String> zones = zones(random);
            Instant now = now(random, zones.get(0));
            Optional<Instant> expected = scan(window, zones, now);
            assertThat(window.nextOpening(now, zones))
                    .as("case %s: %s in %s from %s", i, window, zones, now)
                    .isEqualTo(expected);
            assertThat(window.isOpen(now, zones)).isEqualTo(expected.equals(Optional.of(now)));
        }
    }

    private static CallingWindow window(SplittableRandom random) {
        int from = random.nextInt(24 * 60);
        // Narrow windows hide in the hour that summer time leaves out; wide ones are the usual.
        int length = random.nextBoolean() ? 1 + random.nextInt(90) : 1 + random.nextInt(24 * 60);
        int to = (from + length) % (24 * 60);
        return new CallingWindow(time(from), to == 0 ? "24:00" : time(to));
    }

    private static String time(int minute) {
        return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
    }

    private static List<String> zones(SplittableRandom random) {
        List<String> zones = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            zones.add(ZONES.get(random.nextInt(ZONES.size())));
        }
        return zones;
    }

    /** Half of the instants lie within a day before or after a change of the first zone's offset. */
    private static Instant now(SplittableRandom random, String zone) {
        Instant any = Instant.parse("2024-01-01T00:00:00Z").plusSeconds(random.nextLong(4L * 365 * 86_400));
        var change = ZoneId.of(zone).getRules().nextTransition(any);
        if (random.nextBoolean() && change != null) {
            return change.getInstant().plusMillis(random.nextLong(-86_400_000, 86_400_000));
        }
        return any;
    }

    private static Optional<Instant> scan(CallingWindow window, List<String> zones, Instant now) {
        List<ZoneId> ids = zones.stream().distinct().map(ZoneId::of).toList();
        int from = minute(window.start());
        int to = window.end().equals("24:00") ? 24 * 60 : minute(window.end());
        Instant limit = now.plus(CallingWindow.HORIZON);
        for (Instant at = now; !at.isAfter(limit); at = Instant.ofEpochSecond((at.getEpochSecond() / 60 + 1) * 60)) {
            boolean all = true;
            for (ZoneId id : ids) {
                int minute = minuteOf(at, id);
                boolean open = from < to ? from <= minute && minute < to : !(to <= minute && minute < from);
                if (!open) {
                    all = false;
                    break;
                }
            }
            if (all) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    private static int minute(String text) {
        return LocalTime.parse(text).toSecondOfDay() / 60;
    }

    private static int minuteOf(Instant at, ZoneId zone) {
        long seconds = at.getEpochSecond() + zone.getRules().getOffset(at).getTotalSeconds();
        return (int) Math.floorMod(Math.floorDiv(seconds, 60L), 24L * 60);
    }
}
