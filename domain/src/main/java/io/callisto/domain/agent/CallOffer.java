package io.callisto.domain.agent;

import io.callisto.domain.AttemptId;
import io.callisto.domain.JobId;
import io.callisto.domain.PhoneNumber;
import org.jspecify.annotations.Nullable;

/**
 * A call to be worked by an agent.
 *
 * @param call what commands name it by
 * @param kind how it comes about
 * @param attempt the attempt that it belongs to
 * @param job whose contact it is
 * @param number where it goes or would go by default; null: the agent chooses
 * @param terms the campaign's
 */
public record CallOffer(
        CallId call,
        Kind kind,
        AttemptId attempt,
        JobId job,
        @Nullable PhoneNumber number,
        CallTerms terms) {

    /** How a call comes about. */
    public enum Kind {
        /** Dialed ahead; the agent is connected when the customer has answered. */
        OUTBOUND,
        /** Shown first; the system dials when the agent says so. */
        PREVIEW,
        /** Shown first; the agent dials with another device and says so. */
        MANUAL,
        /** Promised to the customer by this agent. */
        CALLBACK
    }

    CallOffer withCall(CallId another) {
        return new CallOffer(another, kind, attempt, job, number, terms);
    }

    /** Whether the customer's leg is at our gateway. */
    boolean bridged() {
        return kind != Kind.MANUAL;
    }
}
