package io.callisto.event.contract;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How topics are called; the same for all topics of a cluster. */
public enum TopicNaming {
    /** POM 4.0, the default: {@code POM.Default.JOB}, {@code POM.7.JOB}. */
    POM_4("POM\\.(?<id>[0-9]{1,9})\\.[A-Z]+"),
    /** POM 3.1.3: {@code Default_POM_JOB}, {@code 7_POM_JOB_STATISTICS}. */
    POM_3("(?<id>[0-9]{1,9})_POM_[A-Z_]+");

    private final Pattern numbered;

    TopicNaming(String numbered) {
        this.numbered = Pattern.compile(numbered);
    }

    /**
     * The topic of an organisation.
     *
     * @param organisationId not negative; 0 is called Default
     */
    public String topic(EventType type, int organisationId) {
        return switch (this) {
            case POM_4 -> type.topic(organisationId);
            case POM_3 ->
                (organisationId == 0 ? "Default" : Integer.toString(organisationId)) + "_POM_" + oldName(type);
        };
    }

    /**
     * The organisation whose topic it is; empty for the Default organisation's topics and for all that are not ours.
     */
    public OptionalInt numberedOrganisation(String topic) {
        Matcher matcher = numbered.matcher(topic);
        if (!matcher.matches()) {
            return OptionalInt.empty();
        }
        int id = Integer.parseInt(matcher.group("id"));
        for (EventType type : EventType.values()) {
            if (topic(type, id).equals(topic)) {
                return OptionalInt.of(id);
            }
        }
        return OptionalInt.empty();
    }

    private static String oldName(EventType type) {
        return switch (type) {
            case JOB -> "JOB";
            case JOBSTATISTICS -> "JOB_STATISTICS";
            case AGENT -> "AGENT";
            case AGENTSTATISTICS -> "AGENT_STATISTICS";
            case ATTEMPT -> "ATTEMPT";
            case ENRICHEDATTEMPTRESULT -> "ENRICHED_ATTEMPT_RESULT";
        };
    }
}
