package io.callisto.console.contacts;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A contact list.
 *
 * @param contacts how many contacts it has; only where one list is asked for
 */
public record ContactList(
        @Schema(example = "1") int contactListId,
        @Schema(example = "Customers of spring") String name,
        @Schema(example = "0") int zoneId,
        Instant createdAt,
        @Schema(example = "5000") @Nullable Long contacts) {

    ContactList withContacts(long count) {
        return new ContactList(contactListId, name, zoneId, createdAt, count);
    }
}
