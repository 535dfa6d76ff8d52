package io.callisto.events.aggregate;

import io.callisto.event.contract.AgentEvent;
import io.callisto.event.contract.AttemptEvent;
import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.EnrichedAttemptResultEvent;
import io.callisto.event.contract.JobEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One batch of events joined with what is kept: takes it as it was loaded, and says what it is afterwards. Knows
 * neither log nor database. Used once, by one thread.
 */
final class JoinBatch {
    private final Map<UUID, Card> cards;
    private final Map<AgentKey, AgentDesk> desks;
    private final Map<Long, String> names;
    private final Set<UUID> touched = new LinkedHashSet<>();
    private final Map<AgentKey, AgentDesk> moved = new LinkedHashMap<>();
    private final Map<Long, JobName> jobs = new LinkedHashMap<>();
    private final List<EnrichedAttemptResultEvent> results = new ArrayList<>();
    private final Map<UUID, Card> changed = new LinkedHashMap<>();
    private int repeats;

    /**
     * @param cards those of all attempts that the events name, or their agents have, where there are any
     * @param desks those of the events' agents, where there are any
     * @param names campaign names of the jobs of these attempts, where they are known
     */
    JoinBatch(Map<UUID, Card> cards, Map<AgentKey, AgentDesk> desks, Map<Long, String> names) {
        this.cards = new HashMap<>(cards);
        this.desks = new HashMap<>(desks);
        this.names = new HashMap<>(names);
    }

    /** Attempts that are to be decided about again, whatever was said about them. */
    void touch(Collection<UUID> attempts) {
        touched.addAll(attempts);
    }

    /**
     * @param publishedAt time of its record
     */
    void hear(CallistoEvent event, Instant publishedAt) {
        if (event instanceof JobEvent job) {
            jobs.put(job.jobId(), JobName.of(job));
            names.put(job.jobId(), job.campaignName());
        } else if (event instanceof AgentEvent agent) {
            hear(agent);
        } else if (event instanceof AttemptEvent attempt) {
            change(attempt.attemptId(), attempt.organisationId(), dossier -> dossier.heard(attempt, publishedAt));
        }
    }

    private void hear(AgentEvent event) {
        AgentKey key = AgentKey.of(event);
        AgentDesk.Change change = AgentDesk.heard(desks.get(key), event);
        if (change == null) {
            repeats++;
            return;
        }
        UUID released = change.released();
        UUID held = change.held();
        if (released != null) {
            change(released, event.organisationId(), dossier -> dossier.released(event));
        }
        if (held != null) {
            change(held, event.organisationId(), dossier -> dossier.held(event));
        }
        desks.put(key, change.desk());
        if (released != null || held != null) {
            moved.put(key, change.desk());
        }
    }

    private void change(UUID attemptId, int organisationId, Function<Dossier, Dossier> said) {
        Card card = cards.computeIfAbsent(attemptId, id -> Card.of(id, organisationId));
        Dossier after = said.apply(card.dossier());
        if (after.equals(card.dossier())) {
            repeats++;
            return;
        }
        cards.put(attemptId, card.with(after));
        touched.add(attemptId);
    }

    /**
     * Decides about all that was touched.
     *
     * @param situation of a card, with the name of its job's campaign
     */
    void decide(Situations situation, ResultDecision.Limits limits) {
        for (UUID attemptId : touched) {
            Card card = cards.get(attemptId);
            if (card == null) {
                continue;
            }
            Long jobId = card.jobId();
            ResultDecision.Outcome outcome =
                    ResultDecision.decide(card, situation.of(card, jobId == null ? null : names.get(jobId)), limits);
            changed.put(attemptId, outcome.card());
            if (outcome.result() != null) {
                results.add(outcome.result());
            }
        }
    }

    Collection<Card> changedCards() {
        return changed.values();
    }

    Collection<AgentDesk> changedDesks() {
        return moved.values();
    }

    Collection<JobName> jobs() {
        return jobs.values();
    }

    List<EnrichedAttemptResultEvent> results() {
        return results;
    }

    /** Events that said nothing new. */
    int repeats() {
        return repeats;
    }

    /** Makes the situation of a card. */
    @FunctionalInterface
    interface Situations {
        ResultDecision.Situation of(Card card, @Nullable String campaignName);
    }
}
