package io.callisto.domain;

import java.util.regex.Pattern;

/**
 * A telephone number in E.164 form.
 *
 * @param e164 such as {@code +4930123456}
 */
public record PhoneNumber(String e164) {
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{3,14}");

    public PhoneNumber {
        if (!E164.matcher(e164).matches()) {
            throw new IllegalArgumentException("not an E.164 number (length " + e164.length() + ")");
        }
    }

    /** Masked: logs and messages must not carry numbers. */
    @Override
    public String toString() {
        return e164.substring(0, 3) + "***" + e164.substring(e164.length() - 2);
    }
}
