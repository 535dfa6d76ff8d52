package io.callisto.manager.dialing;

import io.callisto.domain.CompletionCode;
import io.callisto.domain.IdGenerator;
import io.callisto.domain.attempt.AttemptDecision.Step;
import io.callisto.domain.attempt.AttemptState;
import io.callisto.event.contract.AttemptEvent;
import io.callisto.event.contract.EventJson;
import io.callisto.outbox.OutboxEvent;
import io.callisto.outbox.OutboxWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells every phase of an attempt by one event, in the transaction that writes it. Thread-safe. */
final class AttemptJournal {
    private static final String ADDRESS_ATTRIBUTE = "phoneNumber1";
    private static final String CHANNEL = "VOICE";

    private final OutboxWriter outbox;
    private final IdGenerator ids;
    private final EventJson json = new EventJson();

    AttemptJournal(OutboxWriter outbox, IdGenerator ids) {
        this.outbox = outbox;
        this.ids = ids;
    }

    /** Tells of attempts that were reserved; their version is the sequence of this first event. */
    void reserved(JdbcClient transaction, JobSpec spec, long epoch, List<LiveAttempt> attempts, Instant at) {
        List<OutboxEvent> events = new ArrayList<>(attempts.size());
        for (LiveAttempt attempt : attempts) {
            events.add(event(spec, epoch, attempt, attempt.version(), at, AttemptState.RESERVED, null));
        }
        outbox.write(transaction, events);
    }

    /** Tells of every phase of the changes. */
    void moved(JdbcClient transaction, JobSpec spec, long epoch, List<AttemptChange> changes) {
        List<OutboxEvent> events = new ArrayList<>(changes.size() * 2);
        for (AttemptChange change : changes) {
            int seq = change.before().version();
            for (Step step : change.steps()) {
                events.add(event(spec, epoch, change.before(), ++seq, step.at(), step.phase(), step.code()));
            }
        }
        outbox.write(transaction, events);
    }

    private OutboxEvent event(
            JobSpec spec,
            long epoch,
            LiveAttempt attempt,
            int seq,
            Instant at,
            AttemptState phase,
            @Nullable CompletionCode code) {
        return OutboxEvent.of(
                new AttemptEvent(
                        ids.next(),
                        seq,
                        at,
                        spec.organisationId(),
                        spec.zoneId(),
                        attempt.id(),
                        spec.jobId(),
                        spec.campaignId(),
                        attempt.contactId(),
                        attempt.userContactId(),
                        attempt.contactListId(),
                        attempt.attemptNo(),
                        attempt.phoneNumber(),
                        ADDRESS_ATTRIBUTE,
                        CHANNEL,
                        phase.name(),
                        code == null ? null : code.text(),
                        attempt.gatewayId(),
                        epoch),
                json);
    }
}
