package io.callisto.outbox.kafka;

import io.callisto.outbox.relay.RowIds;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The compacted topic that holds, per outbox shard, which rows the shard's last committed batch had. The shard's number
 * is key and partition, so that a partition has one transactional writer and no other shard's open transaction holds up
 * a reader.
 */
public final class PositionTopic {
    /** Its name. */
    public static final String NAME = "callisto.outbox.position";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PositionTopic() {}

    /** The value of a record; the shard and epoch are for people. */
    record Position(int shard, long epoch, String rows) {}

    static String key(int shard) {
        return Integer.toString(shard);
    }

    static String value(int shard, long epoch, RowIds rows) {
        return JSON.writeValueAsString(new Position(shard, epoch, rows.text()));
    }

    /**
     * @throws IllegalArgumentException where it is not what {@link #value} makes
     */
    static RowIds rows(String value) {
        try {
            Object rows = JSON.readValue(value, Map.class).get("rows");
            if (rows instanceof String text) {
                return RowIds.parse(text);
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no position record", e);
        }
        throw new IllegalArgumentException("a position record without rows");
    }
}
