package io.callisto.event.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Events to and from their JSON, as {@link EventSchema} says: fields in the order of the record, null fields left out,
 * times as ISO-8601 text in UTC with exactly six decimals (what the database keeps; finer digits are cut off). Unknown
 * fields are ignored when reading: the contract only grows. Make one and share it; it is thread-safe.
 */
public final class EventJson {
    private static final DateTimeFormatter MICROS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter().withZone(ZoneOffset.UTC);

    private final Map<EventType, ObjectWriter> writers = new EnumMap<>(EventType.class);
    private final Map<EventType, ObjectReader> readers = new EnumMap<>(EventType.class);

    public EventJson() {
        JsonMapper mapper = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
                .addModule(new SimpleModule("callisto-events").addSerializer(new MicrosSerializer()))
                .build();
        for (EventType type : EventType.values()) {
            writers.put(type, mapper.writerFor(type.record()));
            readers.put(type, mapper.readerFor(type.record()));
        }
    }

    public String write(CallistoEvent event) {
        return of(writers, event.eventType()).writeValueAsString(event);
    }

    /**
     * @throws JacksonException where the text is no JSON of such an event
     */
    public CallistoEvent read(EventType type, String json) {
        return of(readers, type).readValue(json);
    }

    /**
     * @param event class of the events, for example {@code AttemptEvent.class}
     * @throws JacksonException where the text is no JSON of such an event
     */
    public <E extends CallistoEvent> E read(Class<E> event, String json) {
        return event.cast(read(EventType.of(event), json));
    }

    private static <V> V of(Map<EventType, V> values, EventType type) {
        return Objects.requireNonNull(values.get(type));
    }

    private static final class MicrosSerializer extends StdSerializer<Instant> {
        MicrosSerializer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator generator, SerializationContext context) {
            generator.writeString(MICROS.format(value));
        }
    }
}
