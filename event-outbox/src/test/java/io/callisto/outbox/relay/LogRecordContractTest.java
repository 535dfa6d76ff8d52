package io.callisto.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.event.contract.AttemptEvent;
import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.EventType;
import io.callisto.event.contract.JobEvent;
import io.callisto.event.contract.validation.EventValidator;
import io.callisto.event.contract.validation.LogEntry;
import io.callisto.outbox.JdbcOutboxStore;
import io.callisto.outbox.OutboxEvent;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From the event through the database to the record: what readers get keeps the contract. */
class LogRecordContractTest {
    /** Finer than the database keeps, and it would be rounded up. */
    private static final Instant AT = Instant.parse("2026-11-22T10:15:30.123456789Z");

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private final EventValidator validator = new EventValidator();

    @Test
    @Requirement({"EV-1", "EV-13"})
    void key_headers_and_value_of_a_record_keep_the_contract_under_every_name() {
        for (int seq = 1; seq <= 2; seq++) {
            for (CallistoEvent event : List.of(job(seq), attempt(seq))) {
                List<LogRecord> records = LogRecord.of(
                        stored(event),
                        event.eventType(),
                        TopicNames.BOTH.topics(event.eventType(), event.organisationId()));
                assertThat(records).hasSize(2);
                for (LogRecord record : records) {
                    LogEntry entry = new LogEntry(record.topic(), record.key(), record.value(), record.headers());
                    assertThat(validator.check(entry)).isEmpty();
                }
            }
        }
    }

    /** The row as the database has it. */
    private static OutboxRow stored(CallistoEvent event) {
        JdbcClient jdbc = JdbcClient.create(DB.dataSource());
        new JdbcOutboxStore().write(jdbc, List.of(OutboxEvent.of(event, new EventJson())));
        return jdbc.sql("select * from event_outbox where event_id = :id")
                .param("id", event.eventId())
                .query((row, number) -> new OutboxRow(
                        row.getLong("id"),
                        row.getObject("event_id", UUID.class),
                        row.getString("event_type"),
                        row.getInt("organisation_id"),
                        row.getString("record_key"),
                        row.getString("aggregate_id"),
                        row.getInt("aggregate_seq"),
                        row.getLong("epoch"),
                        row.getString("payload"),
                        row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                        0))
                .single();
    }

    private static JobEvent job(int seq) {
        return new JobEvent(
                new UUID(1, seq), seq, AT, 7, 17, 5, "Spring", "FINITE", "QUEUED", "FILTER_IN_PROGRESS", null, 9);
    }

    private static AttemptEvent attempt(int seq) {
        return new AttemptEvent(
                new UUID(2, seq),
                seq,
                AT,
                0,
                2,
                new UUID(3, 3),
                17,
                5,
                1000001,
                "C-0042",
                9,
                1,
                "+4930901820",
                "phoneNumber1",
                "VOICE",
                seq == 1 ? "RESERVED" : "COMPLETED",
                seq == 1 ? null : "Call_Busy",
                "g1",
                9);
    }

    @Test
    void a_record_that_breaks_the_contract_is_found() {
        OutboxRow row = stored(job(3));
        LogRecord record =
                LogRecord.of(row, EventType.ATTEMPT, List.of("POM.7.ATTEMPT")).get(0);

        assertThat(validator.check(new LogEntry(record.topic(), record.key(), record.value(), record.headers())))
                .isNotEmpty();
    }
}
