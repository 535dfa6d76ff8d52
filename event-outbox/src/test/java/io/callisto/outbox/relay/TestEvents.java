package io.callisto.outbox.relay;

import io.callisto.event.contract.EventType;
import io.callisto.outbox.OutboxEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Events for tests of the relay. */
public final class TestEvents {
    /** When all of them happened. */
    public static final Instant AT = Instant.parse("2026-11-22T10:15:30.123456Z");

    private TestEvents() {}

    /**
     * {@code perKey} events of each of {@code keys} keys, the keys taking turns; id and payload are {@code key:seq}.
     */
    public static List<OutboxEvent> attempts(int keys, int perKey) {
        List<OutboxEvent> events = new ArrayList<>();
        for (int seq = 1; seq <= perKey; seq++) {
            for (int key = 0; key < keys; key++) {
                events.add(event(EventType.ATTEMPT, 0, "k" + key, seq));
            }
        }
        return events;
    }

    /** One event. */
    public static OutboxEvent event(EventType type, int organisation, String key, int seq) {
        String name = key + ":" + seq;
        UUID id = UUID.nameUUIDFromBytes((type + "/" + organisation + "/" + name).getBytes(StandardCharsets.UTF_8));
        return new OutboxEvent(id, type, organisation, key, key, seq, 7, "{\"n\":\"" + name + "\"}", AT);
    }
}
