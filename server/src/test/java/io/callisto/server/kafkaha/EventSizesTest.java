package io.callisto.server.kafkaha;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.Requirement;
import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.EventHeaders;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.EventSchema;
import io.callisto.event.contract.EventType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.MemoryRecordsBuilder;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Measures what the sizing calculator counts with: real batches of real events, compressed as the relay does. */
class EventSizesTest {
    private static final int MANY = 50;
    private static final int SERIES = 20;

    private final EventJson json = new EventJson();
    private final SampleEvents events = new SampleEvents();

    @ParameterizedTest
    @EnumSource(EventType.class)
    @Requirement("EV-10")
    void an_event_takes_what_the_calculator_says(EventType type) {
        double one = average(type, 1);
        double many = average(type, MANY);
        double each = (many - one) / (MANY - 1);
        double batch = one - each;
        EventSizes used = EventSizes.of(type);
        for (int n : new int[] {1, 5, MANY}) {
            double measured = average(type, n);
            assertThat(used.batchBytes() + n * used.eventBytes())
                    .as("%d events %s; measured %.0f for a batch and %.0f for each event", n, type, batch, each)
                    .isBetween((int) (measured * 0.85), (int) (measured * 1.2));
        }
    }

    private double average(EventType type, int count) {
        long sum = 0;
        for (int i = 0; i < SERIES; i++) {
            sum += batch(type, count);
        }
        return (double) sum / SERIES;
    }

    private int batch(EventType type, int count) {
        MemoryRecordsBuilder builder = MemoryRecords.builder(
                ByteBuffer.allocate(4_096), Compression.zstd().build(), TimestampType.CREATE_TIME, 0L);
        for (int i = 0; i < count; i++) {
            CallistoEvent event = events.next(type);
            builder.append(
                    event.at().toEpochMilli(),
                    event.key().getBytes(StandardCharsets.UTF_8),
                    json.write(event).getBytes(StandardCharsets.UTF_8),
                    headers(event));
        }
        return builder.build().sizeInBytes();
    }

    private static Header[] headers(CallistoEvent event) {
        EventType type = event.eventType();
        Map<String, String> all = new LinkedHashMap<>();
        all.put(EventHeaders.SPEC_VERSION, EventHeaders.SPEC_VERSION_1);
        all.put(EventHeaders.ID, event.eventId().toString());
        all.put(EventHeaders.TYPE, EventHeaders.type(type));
        all.put(EventHeaders.SOURCE, EventHeaders.source(event.organisationId()));
        all.put(EventHeaders.SUBJECT, event.subject());
        all.put(EventHeaders.TIME, event.at().toString());
        all.put(EventHeaders.CONTENT_TYPE, EventHeaders.JSON);
        all.put(EventHeaders.DATA_SCHEMA, EventSchema.uri(type));
        all.put(EventHeaders.SEQ, Integer.toString(event.seq()));
        all.put(EventHeaders.EPOCH, Long.toString(event.epoch()));
        List<Header> headers = new ArrayList<>();
        all.forEach((name, value) -> headers.add(new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8))));
        return headers.toArray(Header[]::new);
    }
}
