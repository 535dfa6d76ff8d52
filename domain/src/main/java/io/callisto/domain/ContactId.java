package io.callisto.domain;

/**
 * Id of a contact (POM's system contact id).
 *
 * @param value not negative
 */
public record ContactId(long value) {
    public ContactId {
        Ids.notNegative(value, "ContactId");
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
