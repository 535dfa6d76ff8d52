package io.callisto.event.contract;

/**
 * Headers of a Kafka record: CloudEvents 1.0 attributes in binary mode, so that the value is the plain JSON of the
 * event, and two of our own. All are UTF-8 text.
 */
public final class EventHeaders {
    /** The event id. */
    public static final String ID = "ce_id";

    /** {@link #type(EventType)}. */
    public static final String TYPE = "ce_type";

    /** {@link #source(int)}. */
    public static final String SOURCE = "ce_source";

    /** Always {@value #SPEC_VERSION_1}. */
    public static final String SPEC_VERSION = "ce_specversion";

    /** When it happened, ISO-8601 in UTC. */
    public static final String TIME = "ce_time";

    /** The aggregate that {@link #SEQ} counts for: a job id, an attempt id. */
    public static final String SUBJECT = "ce_subject";

    /** {@link EventSchema#uri}. */
    public static final String DATA_SCHEMA = "ce_dataschema";

    /** Always {@value #JSON}. */
    public static final String CONTENT_TYPE = "content-type";

    /** Rises by one per event of the subject, from 1. */
    public static final String SEQ = "callisto_seq";

    /** Epoch of the role that wrote the change. */
    public static final String EPOCH = "callisto_epoch";

    public static final String SPEC_VERSION_1 = "1.0";
    public static final String JSON = "application/json";

    private EventHeaders() {}

    /** CloudEvents type: {@code io.callisto.event.JOB}. */
    public static String type(EventType type) {
        return "io.callisto.event." + type.name();
    }

    /** CloudEvents source: {@code /callisto/organisations/0}. */
    public static String source(int organisationId) {
        return "/callisto/organisations/" + organisationId;
    }
}
