package io.callisto.manager.dialing;

import java.util.Set;

/** The country calling code of a number: codes are prefix-free, so the first digits decide (ITU-T E.164). Pure. */
final class CallingCode {
    private static final Set<String> TWO_DIGITS = Set.of(
            "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49",
            "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84",
            "86", "90", "91", "92", "93", "94", "95", "98");

    private CallingCode() {}

    /**
     * @param e164 with its plus sign
     * @return without one
     */
    static String of(String e164) {
        char first = e164.charAt(1);
        if (first == '1' || first == '7') {
            return e164.substring(1, 2);
        }
        String two = e164.substring(1, 3);
        return TWO_DIGITS.contains(two) ? two : e164.substring(1, 4);
    }
}
