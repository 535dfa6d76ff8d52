package io.callisto.domain;

/**
 * Id of a contact list.
 *
 * @param value not negative
 */
public record ContactListId(int value) {
    public ContactListId {
        Ids.notNegative(value, "ContactListId");
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
