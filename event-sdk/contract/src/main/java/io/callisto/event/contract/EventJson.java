package io.callisto.event.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
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

    private final ObjectWriter jobWriter;
    private final ObjectWriter attemptWriter;
    private final ObjectReader jobReader;
    private final ObjectReader attemptReader;

    public EventJson() {
        JsonMapper mapper = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
                .addModule(new SimpleModule("callisto-events").addSerializer(new MicrosSerializer()))
                .build();
        this.jobWriter = mapper.writerFor(JobEvent.class);
        this.attemptWriter = mapper.writerFor(AttemptEvent.class);
        this.jobReader = mapper.readerFor(JobEvent.class);
        this.attemptReader = mapper.readerFor(AttemptEvent.class);
    }

    public String write(JobEvent event) {
        return jobWriter.writeValueAsString(event);
    }

    public String write(AttemptEvent event) {
        return attemptWriter.writeValueAsString(event);
    }

    /**
     * @throws JacksonException where the text is no JSON of this event
     */
    public JobEvent readJob(String json) {
        return jobReader.readValue(json);
    }

    /**
     * @throws JacksonException where the text is no JSON of this event
     */
    public AttemptEvent readAttempt(String json) {
        return attemptReader.readValue(json);
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
