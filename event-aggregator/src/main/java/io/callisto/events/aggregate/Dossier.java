package io.callisto.events.aggregate;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.callisto.event.contract.AgentEvent;
import io.callisto.event.contract.AttemptEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was said about an attempt. Telling it something twice changes nothing, and what different topics say may come in
 * any order: only the events of one agent must be in theirs.
 *
 * @param facts null while no event of the attempt itself was read
 * @param systemCode how the call ended; with {@code completedAt} only
 * @param toldAt when the completion was published
 * @param legs one for each agent that had to do with it, by the agents' ids
 */
record Dossier(
        @Nullable AttemptFacts facts,
        @Nullable Instant reservedAt,
        @Nullable Instant dialedAt,
        @Nullable Instant ringingAt,
        @Nullable Instant answeredAt,
        @Nullable Instant completedAt,
        @Nullable String systemCode,
        @Nullable Instant toldAt,
        List<AgentLeg> legs) {
    static final Dossier EMPTY = new Dossier(null, null, null, null, null, null, null, null, List.of());

    Dossier {
        legs = legs == null ? List.of() : List.copyOf(legs);
    }

    /** The attempt reached a phase; one that this version does not know says who it is about, at least. */
    Dossier heard(AttemptEvent event, Instant publishedAt) {
        Instant at = event.at();
        String phase = event.phase();
        boolean completes = phase.equals("COMPLETED") && completedAt == null;
        return new Dossier(
                facts == null ? AttemptFacts.of(event) : facts,
                phase.equals("RESERVED") ? earlier(reservedAt, at) : reservedAt,
                phase.equals("DIALING") ? earlier(dialedAt, at) : dialedAt,
                phase.equals("RINGING") ? earlier(ringingAt, at) : ringingAt,
                phase.equals("ANSWERED") ? earlier(answeredAt, at) : answeredAt,
                completes ? at : completedAt,
                completes ? event.completionCode() : systemCode,
                completes ? publishedAt : toldAt,
                legs);
    }

    private static Instant earlier(@Nullable Instant known, Instant told) {
        return known == null || told.isBefore(known) ? told : known;
    }

    /** An agent has the attempt. */
    Dossier held(AgentEvent event) {
        return leg(event, leg -> leg.held(event));
    }

    /** An agent has let go of it. */
    Dossier released(AgentEvent event) {
        return leg(event, leg -> leg.ended(event.at(), event.completionCode()));
    }

    private Dossier leg(AgentEvent event, Function<AgentLeg, AgentLeg> change) {
        List<AgentLeg> changed = new ArrayList<>(legs);
        AgentLeg leg = legs.stream()
                .filter(known -> known.agentId().equals(event.agentId()))
                .findFirst()
                .orElseGet(() -> AgentLeg.of(event));
        changed.removeIf(known -> known.agentId().equals(event.agentId()));
        changed.add(change.apply(leg));
        changed.sort(Comparator.comparing(AgentLeg::agentId));
        return new Dossier(
                facts, reservedAt, dialedAt, ringingAt, answeredAt, completedAt, systemCode, toldAt, changed);
    }

    /** Whether the call is over. */
    @JsonIgnore
    boolean isCompleted() {
        return facts != null && completedAt != null;
    }

    /** Whether an agent still has it: the disposition is to come. */
    @JsonIgnore
    boolean isWithAgent() {
        return legs.stream().anyMatch(AgentLeg::open);
    }

    /** The agent who had the call last. */
    Optional<AgentLeg> lastAgent() {
        return legs.stream().filter(AgentLeg::hadCall).max(AgentLeg.BY_CALL);
    }

    /** When an agent got the call first. */
    Optional<Instant> firstConnected() {
        return legs.stream()
                .map(AgentLeg::connectedAt)
                .flatMap(Stream::ofNullable)
                .min(Comparator.naturalOrder());
    }

    /** The disposition: of the agent who had the call last, else the last one that any agent gave. */
    Optional<String> disposition() {
        Optional<String> last = lastAgent().map(AgentLeg::completionCode);
        return last.isPresent()
                ? last
                : legs.stream()
                        .filter(leg -> leg.completionCode() != null)
                        .max(AgentLeg.BY_CALL)
                        .map(AgentLeg::completionCode);
    }
}
