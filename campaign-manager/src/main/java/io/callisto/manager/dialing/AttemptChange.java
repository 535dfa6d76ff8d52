package io.callisto.manager.dialing;

import io.callisto.domain.CompletionCode;
import io.callisto.domain.attempt.AttemptDecision.Step;
import io.callisto.domain.attempt.AttemptState;
import io.callisto.domain.contact.ContactDecision;
import io.callisto.domain.contact.JobContactState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A move of an attempt through one or more phases, written as one update and one event for each phase.
 *
 * @param before as the row is
 * @param steps at least one
 * @param deadline the row's next deadline
 * @param contact what follows for the contact; null where the attempt goes on
 */
record AttemptChange(
        LiveAttempt before,
        List<Step> steps,
        Instant deadline,
        @Nullable ContactDecision contact) {

    AttemptChange {
        steps = List.copyOf(steps);
    }

    private Step last() {
        return steps.get(steps.size() - 1);
    }

    AttemptState state() {
        return last().phase();
    }

    boolean completed() {
        return state() == AttemptState.COMPLETED;
    }

    @Nullable
    CompletionCode code() {
        return last().code();
    }

    /** The row's next version: that of its last event. */
    int version() {
        return before.version() + steps.size();
    }

    @Nullable
    Instant at(AttemptState phase) {
        for (Step step : steps) {
            if (step.phase() == phase) {
                return step.at();
            }
        }
        return null;
    }

    ContactDecision contactNext() {
        return contact == null ? new ContactDecision(JobContactState.IN_ATTEMPT, Duration.ZERO) : contact;
    }
}
