package io.callisto.event.client;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that is no event of its topic, as it came.
 *
 * @param reason what is wrong with it
 * @param explanation the same for people; without any of the value's content
 * @param context where it was
 * @param key text of its key; null for none
 * @param value its bytes, which may hold phone numbers; null for none
 * @param headers by name
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PoisonRecord(
        Reason reason,
        String explanation,
        EventContext context,
        @Nullable String key,
        byte @Nullable [] value,
        Map<String, String> headers) {
    /** What is wrong. */
    public enum Reason {
        /** There is no value. */
        EMPTY,
        /** The value is no JSON in UTF-8. */
        NOT_JSON,
        /** It is JSON, but something that an event must have is missing or of another kind. */
        NOT_AN_EVENT,
        /** Its headers say that it is an event of another type than the topic's. */
        WRONG_TYPE,
        /** It is an event of another organisation than the topic's. */
        WRONG_ORGANISATION,
        /** Its schema is newer than this client: take a newer version of the SDK. */
        NEWER_SCHEMA,
        /** Its schema is older than this client can read. */
        OLDER_SCHEMA
    }

    @Override
    public String toString() {
        return reason + " " + context;
    }
}
