package io.callisto.event.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The JSON Schemas (2020-12) of the events. They are files {@code schemas/<name>-<version>.json} of this artifact, and
 * {@code schemas/released/} holds them as the last release had them: a test keeps the two compatible.
 */
public final class EventSchema {
    private EventSchema() {}

    /** The id of the schema of these events; header {@link EventHeaders#DATA_SCHEMA} of their records. */
    public static String uri(EventType type) {
        return "urn:callisto:schema:event:" + lowerCase(type) + ":" + version(type);
    }

    /** Rises with a change that a reader of the version before could not bear; until now there was none. */
    public static int version(EventType type) {
        return switch (type) {
            case JOB, JOBSTATISTICS, AGENT, AGENTSTATISTICS, ATTEMPT, ENRICHEDATTEMPTRESULT -> 1;
        };
    }

    /** The schema itself. */
    public static String text(EventType type) {
        return read("/schemas/" + fileName(type));
    }

    /** What the file of the schema is called: {@code job-1.json}. */
    public static String fileName(EventType type) {
        return lowerCase(type) + "-" + version(type) + ".json";
    }

    private static String lowerCase(EventType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static String read(String resource) {
        try (InputStream in = EventSchema.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
