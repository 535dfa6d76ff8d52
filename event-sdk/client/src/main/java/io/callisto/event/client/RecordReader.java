package io.callisto.event.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.callisto.event.client.PoisonRecord.Reason;
import io.callisto.event.client.source.SourceRecord;
import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.EventHeaders;
import io.callisto.event.contract.EventJson;
import io.callisto.event.contract.EventSchema;
import io.callisto.event.contract.EventType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;

/** From a record to an event, or to what is wrong with it. Fields that this version does not know do no harm. */
final class RecordReader {
    private static final String TYPE_PREFIX = "io.callisto.event.";
    private static final Pattern SCHEMA = Pattern.compile("urn:callisto:schema:event:([a-z-]+):([0-9]{1,6})");

    private final EventJson json = new EventJson();

    /**
     * What a record is.
     *
     * @param event the event; null for none
     * @param poison what is wrong with it; null where nothing is
     * @param explanation the same for people
     */
    record Found(@Nullable CallistoEvent event, @Nullable Reason poison, String explanation) {
        /** Of a type that came after this version: neither an event for us nor wrong. */
        boolean unknownType() {
            return event == null && poison == null;
        }
    }

    Found read(SourceRecord record, Route route) {
        Optional<Found> refused = byHeaders(record, route.type());
        return refused.orElseGet(() -> byValue(record, route));
    }

    private static Optional<Found> byHeaders(SourceRecord record, EventType expected) {
        String type = record.headers().get(EventHeaders.TYPE);
        if (type != null && !type.equals(EventHeaders.type(expected))) {
            if (type.startsWith(TYPE_PREFIX) && !known(type.substring(TYPE_PREFIX.length()))) {
                return Optional.of(new Found(null, null, "unknown type"));
            }
            return wrong(
                    Reason.WRONG_TYPE,
                    "its header " + EventHeaders.TYPE + " says " + quoted(type) + ", but this is a topic of "
                            + expected);
        }
        String content = record.headers().get(EventHeaders.CONTENT_TYPE);
        if (content != null && !content.toLowerCase(Locale.ROOT).startsWith(EventHeaders.JSON)) {
            return wrong(Reason.NOT_JSON, "its content type is " + quoted(content));
        }
        String schema = record.headers().get(EventHeaders.DATA_SCHEMA);
        return schema == null ? Optional.empty() : bySchema(schema, expected);
    }

    private static Optional<Found> bySchema(String schema, EventType expected) {
        Matcher found = SCHEMA.matcher(schema);
        if (!found.matches()
                || !found.group(1).replace("-", "").equals(expected.name().toLowerCase(Locale.ROOT))) {
            return wrong(Reason.WRONG_TYPE, "its schema is " + quoted(schema) + ", but this is a topic of " + expected);
        }
        int version = Integer.parseInt(found.group(2));
        if (version > EventSchema.version(expected)) {
            return wrong(
                    Reason.NEWER_SCHEMA,
                    "its schema " + schema + " is newer than this client, which knows version "
                            + EventSchema.version(expected) + ": update the SDK");
        }
        if (version < EventSchema.version(expected)) {
            return wrong(
                    Reason.OLDER_SCHEMA,
                    "its schema " + schema + " is older than this client can read (version "
                            + EventSchema.version(expected) + "): the cluster has to be updated");
        }
        return Optional.empty();
    }

    private Found byValue(SourceRecord record, Route route) {
        byte[] value = record.value();
        if (value == null || value.length == 0) {
            return poison(Reason.EMPTY, "it has no value");
        }
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
            CallistoEvent event = json.read(route.type(), text);
            if (event == null) {
                return poison(Reason.NOT_AN_EVENT, "its JSON is null");
            }
            if (event.organisationId() != route.organisationId()) {
                return poison(
                        Reason.WRONG_ORGANISATION,
                        "it is of organisation " + event.organisationId() + " in a topic of organisation "
                                + route.organisationId());
            }
            return new Found(event, null, "");
        } catch (CharacterCodingException e) {
            return poison(Reason.NOT_JSON, "it is no text in UTF-8");
        } catch (StreamReadException e) {
            return poison(Reason.NOT_JSON, "it is no JSON" + place(e));
        } catch (JacksonException e) {
            return poison(Reason.NOT_AN_EVENT, "its JSON is no " + route.type() + " event" + path(e));
        }
    }

    private static String place(JacksonException e) {
        return e.getLocation() == null ? "" : " at character " + e.getLocation().getCharOffset();
    }

    /** Which field; never its value. */
    private static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        e.getPath().forEach(step -> {
            if (step.getPropertyName() != null) {
                path.append(path.isEmpty() ? ": field " : ".").append(step.getPropertyName());
            }
        });
        return path.isEmpty() ? ": a field is missing" : path.toString();
    }

    private static boolean known(String name) {
        for (EventType type : EventType.values()) {
            if (type.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static String quoted(String text) {
        return "\"" + (text.length() > 100 ? text.substring(0, 100) + "..." : text) + "\"";
    }

    private static Optional<Found> wrong(Reason reason, String explanation) {
        return Optional.of(poison(reason, explanation));
    }

    private static Found poison(Reason reason, String explanation) {
        return new Found(null, reason, explanation);
    }
}
