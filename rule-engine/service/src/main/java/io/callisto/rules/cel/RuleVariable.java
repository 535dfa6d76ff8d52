package io.callisto.rules.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import io.callisto.rules.decide.BatchFacts;
import io.callisto.rules.decide.ContactFacts;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What an expression may speak of; the name in an expression is the constant's in lower case. Lists of local times have
 * one
 * element per candidate zone of the number, so {@code local_hour.exists(h, h < 9)} means "before nine in at least one
 * of them".
 */
public enum RuleVariable {
    /** Int: id of the organisation. */
    ORGANISATION_ID(
            SimpleType.INT, (batch, contact) -> (long) batch.organisation().value()),
    /** Int: id of the campaign. */
    CAMPAIGN_ID(SimpleType.INT, (batch, contact) -> (long) batch.campaign().value()),
    /** Int: attempts at this contact in this job. */
    ATTEMPTS_MADE(SimpleType.INT, (batch, contact) -> (long) contact.attemptsMade()),
    /** Int: attempts at this number over all jobs of the organisation. */
    NUMBER_ATTEMPTS(SimpleType.INT, (batch, contact) -> (long) contact.numberAttempts()),
    /** Bool: whether the number is on a do-not-call list. */
    DO_NOT_CALL(SimpleType.BOOL, (batch, contact) -> contact.doNotCall()),
    /** Int: completion code of the last attempt at this contact in this job; 0: none. */
    LAST_COMPLETION_CODE(SimpleType.INT, (batch, contact) -> (long) contact.lastCompletionCode()),
    /** String: calling code of the number, such as "49". */
    COUNTRY(SimpleType.STRING, (batch, contact) -> contact.country()),
    /** List of strings: candidate IANA zones of the number. */
    ZONES(ListType.create(SimpleType.STRING), (batch, contact) -> contact.zones()),
    /** List of ints, one per zone: hour of the day, 0 to 23. */
    LOCAL_HOUR(ListType.create(SimpleType.INT), (batch, contact) -> local(batch, contact, ZonedDateTime::getHour)),
    /** List of ints, one per zone: minute of the day, 0 to 1439. */
    LOCAL_MINUTE(
            ListType.create(SimpleType.INT),
            (batch, contact) -> local(batch, contact, at -> at.getHour() * 60L + at.getMinute())),
    /** List of ints, one per zone: day of the week, 1 (Monday) to 7. */
    LOCAL_WEEKDAY(
            ListType.create(SimpleType.INT),
            (batch, contact) -> local(batch, contact, at -> at.getDayOfWeek().getValue())),
    /** Int: whole minutes since the last attempt at this number over all jobs; 2147483647 where there was none. */
    MINUTES_SINCE_LAST_ATTEMPT(SimpleType.INT, (batch, contact) -> minutesSince(contact.lastAttempt(), batch.now()));

    private final String inExpressions;
    private final CelType type;

    @SuppressWarnings("ImmutableEnumChecker") // the functions above keep nothing
    private final BiFunction<BatchFacts, ContactFacts, Object> value;

    RuleVariable(CelType type, BiFunction<BatchFacts, ContactFacts, Object> value) {
        this.inExpressions = name().toLowerCase(Locale.ROOT);
        this.type = type;
        this.value = value;
    }

    /** Its name in expressions. */
    public String inExpressions() {
        return inExpressions;
    }

    CelType type() {
        return type;
    }

    /**
     * Its value for a candidate.
     *
     * @throws DateTimeException where it needs the local time and no zone, or an unknown one, is given
     */
    Object of(BatchFacts batch, ContactFacts contact) {
        return value.apply(batch, contact);
    }

    private static List<Long> local(BatchFacts batch, ContactFacts contact, ToLongFunction<ZonedDateTime> part) {
        if (contact.zones().isEmpty()) {
            // An empty list would satisfy every "all" and no "exists", as if the local time were harmless.
            throw new DateTimeException("no time zone is known");
        }
        List<Long> values = new ArrayList<>(contact.zones().size());
        for (String zone : contact.zones()) {
            values.add(part.applyAsLong(batch.now().atZone(ZoneId.of(zone))));
        }
        return values;
    }

    private static long minutesSince(@Nullable Instant last, Instant now) {
        return last == null
                ? Integer.MAX_VALUE
                : Math.max(0, Duration.between(last, now).toMinutes());
    }
}
