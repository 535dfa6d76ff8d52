package io.callisto.event.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The JSON Schemas (2020-12) of the events; they are files {@code schemas/*.json} of this artifact. */
public final class EventSchema {
    /** Id of the schema of {@link JobEvent}; header {@link EventHeaders#DATA_SCHEMA} of its records. */
    public static final String JOB_URI = "urn:callisto:schema:event:job:1";

    /** Id of the schema of {@link AttemptEvent}; header {@link EventHeaders#DATA_SCHEMA} of its records. */
    public static final String ATTEMPT_URI = "urn:callisto:schema:event:attempt:1";

    private EventSchema() {}

    /** The id of the schema of these events, empty for types that have none yet. */
    public static Optional<String> uri(EventType type) {
        return switch (type) {
            case JOB -> Optional.of(JOB_URI);
            case ATTEMPT -> Optional.of(ATTEMPT_URI);
            case JOBSTATISTICS, AGENT, AGENTSTATISTICS, ENRICHEDATTEMPTRESULT -> Optional.empty();
        };
    }

    /** The schema itself, empty for types that have none yet. */
    public static Optional<String> text(EventType type) {
        return switch (type) {
            case JOB -> Optional.of(read("/schemas/job-1.json"));
            case ATTEMPT -> Optional.of(read("/schemas/attempt-1.json"));
            case JOBSTATISTICS, AGENT, AGENTSTATISTICS, ENRICHEDATTEMPTRESULT -> Optional.empty();
        };
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
