package io.callisto.domain;

/**
 * Id of a zone; 0 is POM's Default.
 *
 * @param value not negative
 */
public record ZoneId(int value) {
    public ZoneId {
        Ids.notNegative(value, "ZoneId");
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
