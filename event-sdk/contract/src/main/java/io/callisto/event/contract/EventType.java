package io.callisto.event.contract;

/** The kinds of events; one topic each per organisation (POM 4.0). */
public enum EventType {
    JOB,
    JOBSTATISTICS,
    AGENT,
    AGENTSTATISTICS,
    ATTEMPT,
    ENRICHEDATTEMPTRESULT;

    /**
     * The topic of an organisation: {@code POM.Default.JOB} for organisation 0, {@code POM.7.JOB} for organisation 7.
     *
     * @param organisationId not negative
     */
    public String topic(int organisationId) {
        return "POM." + (organisationId == 0 ? "Default" : Integer.toString(organisationId)) + "." + name();
    }
}
