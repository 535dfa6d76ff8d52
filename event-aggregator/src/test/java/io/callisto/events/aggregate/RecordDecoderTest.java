package io.callisto.events.aggregate;

import static io.callisto.events.aggregate.Story.agent;
import static io.callisto.events.aggregate.Story.attempt;
import static io.callisto.events.aggregate.Story.job;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.EventHeaders;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.EventSchema;
import io.callisto.event.contract.EventType;
import io.callisto.events.aggregate.RecordDecoder.Refusal;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand in the log. */
@Requirement("EV-6")
class RecordDecoderTest {
    private final RecordDecoder decoder = new RecordDecoder();
    private final EventJson json = new EventJson();

    private static InputRecord record(
            EventType type, @Nullable String schema, @Nullable String eventType, byte @Nullable [] value) {
        InputPartition from = new InputPartition(type, 0, type.topic(0), 0, new UUID(0, 1));
        return new InputRecord(from, 3, Story.T0, schema, eventType, value == null ? null : ByteBuffer.wrap(value));
    }

    private InputRecord record(CallistoEvent event) {
        EventType type = event.eventType();
        return record(
                type,
                EventSchema.uri(type),
                EventHeaders.type(type),
                json.write(event).getBytes(UTF_8));
    }

    @Test
    void events_are_read_with_and_without_headers() {
        CallistoEvent event = attempt("a", 1, "RESERVED", null, 0);
        assertThat(decoder.decode(record(event)).event()).isEqualTo(event);
        assertThat(decoder.decode(record(
                                EventType.ATTEMPT, null, null, json.write(event).getBytes(UTF_8)))
                        .event())
                .isEqualTo(event);
    }

    @Test
    void fields_that_are_new_are_passed_over() {
        String more =
                json.write(attempt("a", 1, "RESERVED", null, 0)).replaceFirst("\\{", "{\"newField\":{\"a\":[1]},");
        assertThat(decoder.decode(record(EventType.ATTEMPT, null, null, more.getBytes(UTF_8)))
                        .refusal())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "{", "null", "[]", "7", "\"text\"", "{}", "{\"seq\":\"x\"}"})
    void what_is_no_json_of_an_event_is_refused(String value) {
        assertThat(decoder.decode(record(EventType.ATTEMPT, null, null, value.getBytes(UTF_8)))
                        .refusal())
                .isEqualTo(Refusal.NO_EVENT);
    }

    @Test
    void nothing_and_bytes_that_are_no_text_are_refused() {
        assertThat(decoder.decode(record(EventType.ATTEMPT, null, null, null)).refusal())
                .isEqualTo(Refusal.NO_EVENT);
        assertThat(decoder.decode(record(EventType.ATTEMPT, null, null, new byte[] {(byte) 0xc3, 0x28}))
                        .refusal())
                .isEqualTo(Refusal.NO_EVENT);
        assertThat(decoder.decode(record(
                                EventType.ATTEMPT,
                                null,
                                null,
                                "[".repeat(100_000).getBytes(UTF_8)))
                        .refusal())
                .isEqualTo(Refusal.NO_EVENT);
    }

    @Test
    void a_newer_schema_is_refused_and_an_older_one_is_not() {
        byte[] value = json.write(attempt("a", 1, "RESERVED", null, 0)).getBytes(UTF_8);
        assertThat(decoder.decode(record(EventType.ATTEMPT, "urn:callisto:schema:event:attempt:2", null, value))
                        .refusal())
                .isEqualTo(Refusal.NEWER_SCHEMA);
        assertThat(decoder.decode(record(EventType.ATTEMPT, "urn:callisto:schema:event:attempt:0", null, value))
                        .refusal())
                .isNull();
        assertThat(decoder.decode(record(EventType.ATTEMPT, "somebody's own", null, value))
                        .refusal())
                .isNull();
    }

    @Test
    void what_belongs_to_another_topic_is_refused() {
        byte[] value = json.write(attempt("a", 1, "RESERVED", null, 0)).getBytes(UTF_8);
        assertThat(decoder.decode(record(EventType.ATTEMPT, null, EventHeaders.type(EventType.JOB), value))
                        .refusal())
                .isEqualTo(Refusal.WRONG_TYPE);
        assertThat(decoder.decode(record(job(1, 17, 1, "RUNNING", 0))).refusal())
                .isEqualTo(Refusal.WRONG_ORGANISATION);
    }

    @Test
    void what_the_database_could_not_take_is_refused() {
        assertThat(decoder.decode(record(attempt("a", 5, "COMPLETED", null, 0))).refusal())
                .isEqualTo(Refusal.INCOMPLETE);
        assertThat(decoder.decode(record(attempt("a", 1, "RESERVED", null, Long.MAX_VALUE / 1000)))
                        .refusal())
                .isEqualTo(Refusal.INCOMPLETE);
        assertThat(decoder.decode(record(agent("a\0b", 1, "IDLE", null, null, 0)))
                        .refusal())
                .isEqualTo(Refusal.INCOMPLETE);
        assertThat(decoder.decode(record(agent("a".repeat(201), 1, "IDLE", null, null, 0)))
                        .refusal())
                .isEqualTo(Refusal.INCOMPLETE);
    }
}
