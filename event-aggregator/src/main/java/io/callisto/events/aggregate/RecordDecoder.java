package io.callisto.events.aggregate;

import io.callisto.event.contract.AgentEvent;
import io.callisto.event.contract.AttemptEvent;
import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.EventHeaders;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.EventSchema;
import io.callisto.event.contract.EventType;
import io.callisto.event.contract.JobEvent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Makes events of records, and tells those that are none. Thread-safe. */
final class RecordDecoder {
    /** Why a record cannot be used. */
    enum Refusal {
        /** No JSON, or none of such an event. */
        NO_EVENT,
        /** Of a version of the schema that this software does not know. */
        NEWER_SCHEMA,
        /** Of another type than the topic is for. */
        WRONG_TYPE,
        /** Of another organisation than the topic's. */
        WRONG_ORGANISATION,
        /** Something in it is missing, or no sensible value. */
        INCOMPLETE
    }

    /**
     * One of the two.
     *
     * @param event null where it is refused
     * @param refusal null where it is an event
     */
    record Decoded(@Nullable CallistoEvent event, @Nullable Refusal refusal) {}

    private static final Pattern SCHEMA_VERSION = Pattern.compile(".*:([0-9]{1,9})");
    private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
    private static final int LONGEST_ID = 200;

    private final EventJson json = new EventJson();

    Decoded decode(InputRecord record) {
        EventType type = record.from().type();
        if (record.eventType() != null && !record.eventType().equals(EventHeaders.type(type))) {
            return refused(Refusal.WRONG_TYPE);
        }
        if (newer(record.schema(), type)) {
            return refused(Refusal.NEWER_SCHEMA);
        }
        ByteBuffer value = record.value();
        CallistoEvent event = value == null ? null : parse(type, value);
        if (event == null) {
            return refused(Refusal.NO_EVENT);
        }
        if (event.organisationId() != record.from().organisationId()) {
            return refused(Refusal.WRONG_ORGANISATION);
        }
        return sensible(event) ? new Decoded(event, null) : refused(Refusal.INCOMPLETE);
    }

    private static Decoded refused(Refusal refusal) {
        return new Decoded(null, refusal);
    }

    private static boolean newer(@Nullable String schema, EventType type) {
        if (schema == null) {
            return false;
        }
        Matcher version = SCHEMA_VERSION.matcher(schema);
        return version.matches() && Integer.parseInt(version.group(1)) > EventSchema.version(type);
    }

    private @Nullable CallistoEvent parse(EventType type, ByteBuffer value) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(value.duplicate())
                    .toString();
            return json.read(type, text);
        } catch (JacksonException | CharacterCodingException e) {
            return null;
        }
    }

    /** What the database could not take would come back for ever. */
    private static boolean sensible(CallistoEvent event) {
        if (event.seq() < 0 || event.at().isBefore(EARLIEST) || event.at().isAfter(LATEST)) {
            return false;
        }
        if (event instanceof AttemptEvent attempt) {
            return !attempt.phase().equals("COMPLETED") || attempt.completionCode() != null;
        }
        if (event instanceof AgentEvent agent) {
            return agent.agentId().length() <= LONGEST_ID && agent.agentId().indexOf(0) < 0;
        }
        return !(event instanceof JobEvent job) || job.campaignName().indexOf(0) < 0;
    }
}
