package io.callisto.server.kafkaha;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * One record as a line of JSON. Bytes that are UTF-8 text are text; others stand in a field of the same name with
 * {@code 64} behind it.
 *
 * @param offset where it was
 * @param timestamp as the producer gave it
 * @param key null: none, or {@code key64}
 * @param key64 null: none
 * @param headers in their order
 * @param value null: a tombstone, or {@code value64}
 * @param value64 null: none
 */
record RecordLine(
        long offset,
        long timestamp,
        @Nullable String key,
        @Nullable String key64,
        List<HeaderLine> headers,
        @Nullable String value,
        @Nullable String value64) {

    /**
     * A header.
     *
     * @param name its name
     * @param value null: none, or {@code value64}
     * @param value64 null: none
     */
    record HeaderLine(
            String name, @Nullable String value, @Nullable String value64) {}

    static RecordLine of(ConsumerRecord<byte[], byte[]> record) {
        List<HeaderLine> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(new HeaderLine(header.key(), text(header.value()), binary(header.value())));
        }
        return new RecordLine(
                record.offset(),
                record.timestamp(),
                text(record.key()),
                binary(record.key()),
                headers,
                text(record.value()),
                binary(record.value()));
    }

    ProducerRecord<byte[], byte[]> record(String topic, int partition) {
        List<Header> all = new ArrayList<>();
        headers.forEach(header -> all.add(new RecordHeader(header.name(), bytes(header.value(), header.value64()))));
        return new ProducerRecord<>(topic, partition, timestamp, bytes(key, key64), bytes(value, value64), all);
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null; // it is written as Base64
        }
    }

    private static @Nullable String binary(byte @Nullable [] bytes) {
        return bytes == null || text(bytes) != null ? null : Base64.getEncoder().encodeToString(bytes);
    }

    private static byte @Nullable [] bytes(@Nullable String text, @Nullable String binary) {
        if (text != null) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        return binary == null ? null : Base64.getDecoder().decode(binary);
    }
}
