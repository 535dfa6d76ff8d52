package io.callisto.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callisto.db.TestDatabase;
import io.callisto.domain.Requirement;
import io.callisto.event.contract.AttemptEvent;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.EventType;
import io.callisto.outbox.relay.TestEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcOutboxStoreTest {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private final JdbcClient jdbc = JdbcClient.create(DB.dataSource());
    private final JdbcOutboxStore outbox = new JdbcOutboxStore();

    @BeforeEach
    void empty() {
        jdbc.sql("truncate event_outbox").update();
    }

    @Test
    void an_event_is_written_as_it_is() {
        EventJson json = new EventJson();
        AttemptEvent event = new AttemptEvent(
                UUID.randomUUID(),
                2,
                Instant.parse("2026-11-22T10:15:30.123456Z"),
                0,
                0,
                UUID.randomUUID(),
                17,
                5,
                4711,
                "quote\" comma, {brace} \\ \u00fc\u20ac\ud83d\ude00 null",
                9,
                1,
                "+4930901820",
                "phoneNumber1",
                "VOICE",
                "DIALING",
                null,
                "g1",
                (3L << 40) + 8);

        outbox.write(jdbc, List.of(OutboxEvent.of(event, json)));

        Map<String, Object> row = jdbc.sql("select * from event_outbox").query().singleRow();
        assertThat(row)
                .containsEntry("event_id", event.eventId())
                .containsEntry("event_type", "ATTEMPT")
                .containsEntry("record_key", "4711")
                .containsEntry("aggregate_id", event.attemptId().toString())
                .containsEntry("aggregate_seq", 2)
                .containsEntry("epoch", (3L << 40) + 8)
                .containsEntry("payload", json.write(event));
        assertThat(json.read(AttemptEvent.class, String.valueOf(row.get("payload"))))
                .isEqualTo(event);
        assertThat(jdbc.sql("select occurred_at = timestamptz '2026-11-22T10:15:30.123456Z' from event_outbox")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void row_ids_rise_in_the_order_of_the_events() {
        List<OutboxEvent> events = TestEvents.attempts(100, 20);

        outbox.write(jdbc, events);

        assertThat(jdbc.sql("select payload from event_outbox order by id")
                        .query(String.class)
                        .list())
                .isEqualTo(events.stream().map(OutboxEvent::payload).toList());
    }

    @Test
    void nothing_is_published_of_a_transaction_that_rolls_back() {
        TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(DB.dataSource()));

        transaction.executeWithoutResult(status -> {
            outbox.write(jdbc, TestEvents.attempts(3, 1));
            status.setRollbackOnly();
        });

        assertThat(jdbc.sql("select count(*) from event_outbox")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    @Requirement("EV-2")
    void all_events_of_a_key_go_to_one_shard_and_keys_are_spread() {
        JdbcOutboxStore sharded = new JdbcOutboxStore(4);

        sharded.write(jdbc, TestEvents.attempts(200, 3));

        assertThat(jdbc.sql("select count(distinct shard) from event_outbox group by record_key")
                        .query(Integer.class)
                        .list())
                .containsOnly(1);
        assertThat(jdbc.sql("select distinct shard from event_outbox")
                        .query(Integer.class)
                        .list())
                .containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void a_second_event_of_the_same_step_is_refused() {
        outbox.write(jdbc, List.of(TestEvents.event(EventType.JOB, 0, "17", 1)));

        assertThatThrownBy(() -> outbox.write(jdbc, List.of(TestEvents.event(EventType.JOB, 0, "17", 1))))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void writing_nothing_is_nothing() {
        outbox.write(jdbc, new ArrayList<>());

        assertThat(jdbc.sql("select count(*) from event_outbox")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void a_number_of_shards_that_makes_no_sense_is_refused() {
        assertThatThrownBy(() -> new JdbcOutboxStore(0)).hasMessageContaining("callisto.outbox.shards");
        assertThatThrownBy(() -> new JdbcOutboxStore(65)).hasMessageContaining("callisto.outbox.shards");
    }
}
