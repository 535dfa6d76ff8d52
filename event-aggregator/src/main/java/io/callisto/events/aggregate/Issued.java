package io.callisto.events.aggregate;

import io.callisto.event.contract.EnrichedAttemptResultEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the last result of an attempt said.
 *
 * @param known names of the fields that had a value, of those that may have none
 * @param agentId the agent, null for none
 * @param said all that it said about the agent and the disposition, as one text to compare
 */
record Issued(List<String> known, @Nullable String agentId, String said) {
    Issued {
        known = List.copyOf(known);
    }

    static Issued of(EnrichedAttemptResultEvent result) {
        List<String> known = new ArrayList<>();
        note(known, "agentId", result.agentId());
        note(known, "answeredAt", result.answeredAt());
        note(known, "campaignName", result.campaignName());
        note(known, "connectedAt", result.connectedAt());
        note(known, "dialedAt", result.dialedAt());
        note(known, "reservedAt", result.reservedAt());
        note(known, "ringingAt", result.ringingAt());
        note(known, "wrapUpAt", result.wrapUpAt());
        note(known, "wrapUpEndAt", result.wrapUpEndAt());
        return new Issued(
                known,
                result.agentId(),
                String.join(
                        "|",
                        result.completionCode(),
                        Objects.toString(result.agentSessionId(), ""),
                        Objects.toString(result.connectedAt(), ""),
                        Objects.toString(result.wrapUpAt(), ""),
                        Objects.toString(result.wrapUpEndAt(), "")));
    }

    private static void note(List<String> known, String name, @Nullable Object value) {
        if (value != null) {
            known.add(name);
        }
    }

    /**
     * Whether a result that says this is worth replacing by one that says the other: it knows something more, or
     * another agent, or something else without having forgotten anything. What retention has deleted since must not
     * make a good result worse.
     */
    boolean replacedBy(Issued other) {
        if (!known.containsAll(other.known)) {
            return true;
        }
        if (other.agentId != null && !other.agentId.equals(agentId)) {
            return true;
        }
        return other.known.containsAll(known) && !other.said.equals(said);
    }
}
