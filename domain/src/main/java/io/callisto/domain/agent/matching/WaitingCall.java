package io.callisto.domain.agent.matching;

import io.callisto.domain.JobId;
import io.callisto.domain.agent.CallId;
import java.time.Instant;
import java.util.Comparator;

/**
 * A customer who has answered and hears nobody yet.
 *
 * @param call the call
 * @param job whose contact it is
 * @param since when the customer answered
 * @param deadline from when on it is a nuisance
 */
public record WaitingCall(CallId call, JobId job, Instant since, Instant deadline) {
    static final Comparator<WaitingCall> OLDEST_FIRST =
            Comparator.comparing(WaitingCall::since).thenComparing(WaitingCall::call);

    static final Comparator<WaitingCall> MOST_URGENT_FIRST =
            Comparator.comparing(WaitingCall::deadline).thenComparing(WaitingCall::call);
}
