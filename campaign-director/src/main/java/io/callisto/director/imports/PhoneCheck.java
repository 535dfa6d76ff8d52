package io.callisto.director.imports;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber;
import io.callisto.domain.PhoneNumber;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a number as people write it. Thread-safe; the metadata behind it is loaded at first use. */
final class PhoneCheck {
    private static final int LONGEST = 50;
    /** E.164 allows 15 digits; libphonenumber calls some longer German and Austrian numbers valid. */
    private static final int MOST_DIGITS = 15;

    private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    private final PhoneNumberToTimeZonesMapper timeZones = PhoneNumberToTimeZonesMapper.getInstance();
    private final Set<String> knownTimeZones = ZoneId.getAvailableZoneIds();

    /**
     * Either a number or what is wrong with it.
     *
     * @param phone null where it is bad
     * @param problem null where it is good; never holds the number
     */
    record Verdict(@Nullable CheckedPhone phone, @Nullable String problem) {
        static Verdict bad(String problem) {
            return new Verdict(null, problem);
        }
    }

    /** Whether {@code region} is a region whose numbers can be read, such as {@code DE}. */
    boolean knowsRegion(String region) {
        return numbers.getSupportedRegions().contains(region);
    }

    /**
     * @param text as in the file
     * @param region of numbers without a country code; null: there must be one
     */
    Verdict check(String text, @Nullable String region) {
        if (text.length() > LONGEST) {
            return Verdict.bad("longer than " + LONGEST + " characters");
        }
        Phonenumber.PhoneNumber number;
        try {
            number = numbers.parse(text, region);
        } catch (NumberParseException notANumber) {
            return Verdict.bad(explain(notANumber.getErrorType(), region));
        }
        if (number.hasExtension()) {
            return Verdict.bad("has an extension, which cannot be dialed");
        }
        if (!numbers.isValidNumber(number)) {
            return Verdict.bad("is no valid number of its country");
        }
        String e164 = numbers.format(number, PhoneNumberUtil.PhoneNumberFormat.E164);
        if (e164.length() > 1 + MOST_DIGITS) {
            return Verdict.bad("has more than " + MOST_DIGITS + " digits with its country code");
        }
        List<String> zones = timeZones.getTimeZonesForNumber(number);
        if (zones.isEmpty() || zones.contains(PhoneNumberToTimeZonesMapper.getUnknownTimeZone())) {
            return Verdict.bad("belongs to no time zone, so no calling window would ever open");
        }
        if (!knownTimeZones.containsAll(zones)) {
            return Verdict.bad("lies in a time zone that this Java does not know; update its time zone data");
        }
        return new Verdict(new CheckedPhone(new PhoneNumber(e164), List.copyOf(zones)), null);
    }

    private static String explain(NumberParseException.ErrorType type, @Nullable String region) {
        return switch (type) {
            case INVALID_COUNTRY_CODE ->
                region == null
                        ? "has no valid country code; write +49..., or give the row a country"
                                + " or the import a defaultRegion"
                        : "has no valid country code";
            case NOT_A_NUMBER -> "is not a telephone number";
            case TOO_SHORT_AFTER_IDD, TOO_SHORT_NSN -> "is too short";
            case TOO_LONG -> "is too long";
        };
    }
}
