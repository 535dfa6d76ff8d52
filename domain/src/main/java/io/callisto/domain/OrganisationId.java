package io.callisto.domain;

/**
 * Id of an organisation; 0 is POM's Default.
 *
 * @param value not negative
 */
public record OrganisationId(int value) {
    public OrganisationId {
        Ids.notNegative(value, "OrganisationId");
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
