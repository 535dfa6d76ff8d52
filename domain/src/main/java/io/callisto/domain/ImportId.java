package io.callisto.domain;

/**
 * Id of a run of a contact import.
 *
 * @param value not negative
 */
public record ImportId(long value) {
    public ImportId {
        Ids.notNegative(value, "ImportId");
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
