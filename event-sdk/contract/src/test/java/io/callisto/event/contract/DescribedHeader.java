package io.callisto.event.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A header of a record, for the documents.
 *
 * @param name of it
 * @param always its one value for events of a type; null where it differs from event to event
 * @param format JSON Schema's, where there is one
 * @param pattern of the value, where there is one
 * @param meaning a sentence
 */
record DescribedHeader(
        String name,
        @Nullable String always,
        @Nullable String format,
        @Nullable String pattern,
        String meaning) {

    static List<DescribedHeader> of(EventType type) {
        return List.of(
                always(EventHeaders.SPEC_VERSION, EventHeaders.SPEC_VERSION_1, "Version of CloudEvents."),
                varies(EventHeaders.ID, "uuid", null, "Unique id of the event, the value's field eventId."),
                always(EventHeaders.TYPE, EventHeaders.type(type), "What kind of event it is."),
                varies(
                        EventHeaders.SOURCE,
                        null,
                        "^/callisto/organisations/[0-9]+$",
                        "The organisation (tenant) that it belongs to."),
                varies(EventHeaders.SUBJECT, null, null, "What callisto_seq counts for: " + subject(type) + "."),
                varies(EventHeaders.TIME, "date-time", null, "When it happened, in UTC: the value's field at."),
                always(EventHeaders.CONTENT_TYPE, EventHeaders.JSON, "The value is JSON in UTF-8."),
                always(EventHeaders.DATA_SCHEMA, EventSchema.uri(type), "Id of the JSON Schema of the value."),
                varies(
                        EventHeaders.SEQ,
                        null,
                        "^[1-9][0-9]*$",
                        "1, 2, 3, ... per subject without gaps: the value's field seq."),
                varies(
                        EventHeaders.EPOCH,
                        null,
                        "^[0-9]+$",
                        "Epoch of the role that wrote the change: the value's field epoch."));
    }

    /** What the key of a record is. */
    static String key(EventType type) {
        return switch (type) {
            case JOB, JOBSTATISTICS -> "jobId";
            case AGENT, AGENTSTATISTICS -> "agentId";
            case ATTEMPT, ENRICHEDATTEMPTRESULT -> "contactId";
        };
    }

    /** What the sequence counts for. */
    static String subject(EventType type) {
        return switch (type) {
            case ATTEMPT, ENRICHEDATTEMPTRESULT -> "attemptId";
            case JOB, JOBSTATISTICS, AGENT, AGENTSTATISTICS -> key(type);
        };
    }

    private static DescribedHeader always(String name, String value, String meaning) {
        return new DescribedHeader(name, value, null, null, meaning);
    }

    private static DescribedHeader varies(
            String name, @Nullable String format, @Nullable String pattern, String meaning) {
        return new DescribedHeader(name, null, format, pattern, meaning);
    }
}
