package io.callisto.manager.dialing;

import io.callisto.domain.CompletionCode;
import io.callisto.domain.attempt.AttemptDecision;
import io.callisto.domain.attempt.AttemptDecision.Step;
import io.callisto.domain.attempt.CallReport;
import io.callisto.domain.contact.ContactDecision;
import io.callisto.domain.job.JobState;
import io.callisto.ha.Lease;
import io.callisto.manager.dialing.EventInbox.News;
import io.callisto.manager.dialing.JdbcAttemptStore.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes what became of attempts: their phases, their end, what follows for the contact, and the events of all that,
 * for a batch in one
 * transaction. Phases that came together are one update.
 */
final class Progress {
    private final DialerParts parts;
    private final JobSpec spec;
    private final DialerMemory memory;
    private final JdbcPublicationStore publications = new JdbcPublicationStore();
    private long lastNanos;

    Progress(DialerParts parts, JobSpec spec, DialerMemory memory, long now) {
        this.parts = parts;
        this.spec = spec;
        this.memory = memory;
        this.lastNanos = now - parts.properties().tick().toNanos();
    }

    /** Writes a batch of news, if enough have come or the oldest have waited long enough. */
    int step(Lease lease, long now) {
        int waiting = memory.inbox().size();
        int batch = parts.properties().batch();
        if (waiting == 0
                || (waiting < batch
                        && now - lastNanos < parts.properties().tick().toNanos())) {
            return 0;
        }
        lastNanos = now;
        List<News> drained = memory.inbox().drain(batch);
        List<News> news = drained.stream().filter(this::tellsMore).toList();
        if (!news.isEmpty()) {
            List<AttemptChange> changes = parts.metrics()
                    .time(
                            DialingMetrics.Step.PROGRESS,
                            () -> parts.fenced().<List<AttemptChange>>run(lease, jdbc -> commit(jdbc, lease, news)));
            changes.forEach(change -> remember(change, now));
        }
        return drained.size();
    }

    private boolean tellsMore(News item) {
        LiveAttempt attempt = memory.inFlight().find(item.attempt());
        return attempt != null && !decide(attempt, item, Instant.EPOCH).steps().isEmpty();
    }

    private List<AttemptChange> commit(JdbcClient transaction, Lease lease, List<News> news) {
        Moment moment = parts.attempts().moment(transaction, spec);
        List<AttemptChange> changes = new ArrayList<>(news.size());
        for (News item : news) {
            LiveAttempt attempt = memory.inFlight().find(item.attempt());
            if (attempt != null) {
                changes.add(change(attempt, item, moment));
            }
        }
        parts.attempts().move(transaction, spec, lease.epoch(), changes);
        List<AttemptChange> completed =
                changes.stream().filter(AttemptChange::completed).toList();
        parts.attempts().settleContacts(transaction, spec, completed);
        parts.journal().moved(transaction, spec, lease.epoch(), changes);
        publications.add(transaction, spec, completed);
        return changes;
    }

    private AttemptChange change(LiveAttempt attempt, News item, Moment moment) {
        List<Step> steps = decide(attempt, item, moment.now()).steps();
        Step last = steps.get(steps.size() - 1);
        CompletionCode code = last.code();
        ContactDecision contact =
                code == null ? null : contactAfter(attempt, code, moment.state() == JobState.STOPPING);
        Instant deadline = moment.now()
                .plus(Deadlines.after(
                        last.phase(), spec.node(), parts.properties().placeTtl()));
        return new AttemptChange(attempt, steps, deadline, contact);
    }

    private ContactDecision contactAfter(LiveAttempt attempt, CompletionCode code, boolean stopping) {
        if (ContactDecision.neverPlaced(code)) {
            return ContactDecision.afterNotPlaced(spec.node(), code, attempt.notPlacedBefore() + 1, stopping);
        }
        int placed = attempt.attemptNo() - attempt.notPlacedBefore();
        return ContactDecision.afterAttempt(spec.node(), code, placed, stopping);
    }

    private static AttemptDecision decide(LiveAttempt attempt, News item, Instant now) {
        CallReport report = item.report();
        if (report != null) {
            return AttemptDecision.onReport(attempt.state(), report, now);
        }
        @Nullable CompletionCode code = item.closing();
        return code == null ? new AttemptDecision(List.of()) : AttemptDecision.close(code, now);
    }

    private void remember(AttemptChange change, long now) {
        if (!change.completed()) {
            long patience = Deadlines.after(
                            change.state(), spec.node(), parts.properties().placeTtl())
                    .toNanos();
            memory.inFlight().put(change.before().moved(change.state(), change.version(), now + patience));
            return;
        }
        memory.inFlight().remove(change.before().id());
        parts.metrics().completed(1);
        if (change.code() == CompletionCode.ATTEMPT_IN_DOUBT) {
            parts.metrics().inDoubt(1);
        }
    }
}
