package io.callisto.agents.protocol;

import io.callisto.agents.protocol.Shape.Form;
import io.callisto.agents.protocol.Shape.Part;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes records: fields in their order, those without a value left out. */
final class RecordWriter {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter().withZone(ZoneOffset.UTC);

    private final Function<Class<?>, Shape> shapes;

    RecordWriter(Function<Class<?>, Shape> shapes) {
        this.shapes = shapes;
    }

    /** Writes the fields of a record into the object that is open. */
    void fields(JsonGenerator out, Record record, Shape shape) {
        for (Part part : shape.parts()) {
            Object value = get(part, record);
            if (value != null) {
                out.writeName(part.name());
                value(out, part.form(), value);
            }
        }
    }

    private void record(JsonGenerator out, Record record, Shape shape) {
        out.writeStartObject();
        fields(out, record, shape);
        out.writeEndObject();
    }

    private void value(JsonGenerator out, Form form, Object value) {
        switch (form.kind()) {
            case TEXT -> out.writeString((String) value);
            case WORD -> out.writeString(((Word) value).text());
            case COMMAND -> out.writeString(((AgentCommand) value).text());
            case NUMBER -> out.writeNumber(((Number) value).longValue());
            case FLAG -> out.writeBoolean((Boolean) value);
            case TIME -> out.writeString(MILLIS.format((Instant) value));
            case LOCAL_TIME -> out.writeString(((LocalDateTime) value).toString());
            case RECORD -> record(out, (Record) value, Objects.requireNonNull(form.shape()));
            case PAYLOAD -> record(out, (Record) value, shapes.apply(value.getClass()));
            case LIST -> {
                out.writeStartArray();
                for (Object item : (List<?>) value) {
                    value(out, Objects.requireNonNull(form.element()), item);
                }
                out.writeEndArray();
            }
            case MAP -> {
                out.writeStartObject();
                new TreeMap<>((Map<?, ?>) value).forEach((name, text) -> {
                    out.writeName((String) name);
                    out.writeString((String) text);
                });
                out.writeEndObject();
            }
        }
    }

    private static @Nullable Object get(Part part, Record record) {
        try {
            return part.accessor().invoke(record);
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("cannot read " + part.name() + " of " + record.getClass(), broken);
        }
    }
}
