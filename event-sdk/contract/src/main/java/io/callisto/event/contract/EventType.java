package io.callisto.event.contract;

/** The kinds of events; one topic each per organisation (POM 4.0). */
public enum EventType {
    JOB(JobEvent.class),
    JOBSTATISTICS(JobStatisticsEvent.class),
    AGENT(AgentEvent.class),
    AGENTSTATISTICS(AgentStatisticsEvent.class),
    ATTEMPT(AttemptEvent.class),
    ENRICHEDATTEMPTRESULT(EnrichedAttemptResultEvent.class);

    private final Class<? extends CallistoEvent> record;

    EventType(Class<? extends CallistoEvent> record) {
        this.record = record;
    }

    /** The class of these events. */
    public Class<? extends CallistoEvent> record() {
        return record;
    }

    /**
     * The type whose events are of that class.
     *
     * @throws IllegalArgumentException where it is none of the six
     */
    public static EventType of(Class<? extends CallistoEvent> record) {
        for (EventType type : values()) {
            if (type.record == record) {
                return type;
            }
        }
        throw new IllegalArgumentException(record + " is no class of events");
    }

    /**
     * The topic of an organisation: {@code POM.Default.JOB} for organisation 0, {@code POM.7.JOB} for organisation 7.
     *
     * @param organisationId not negative
     */
    public String topic(int organisationId) {
        return "POM." + (organisationId == 0 ? "Default" : Integer.toString(organisationId)) + "." + name();
    }
}
