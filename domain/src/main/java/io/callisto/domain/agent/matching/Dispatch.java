package io.callisto.domain.agent.matching;

import io.callisto.domain.JobId;
import io.callisto.domain.agent.AgentId;
import io.callisto.domain.agent.CallId;
import java.util.List;

/**
 * What came of an operation on the pool.
 *
 * @param matches who gets which call; both have left the pool
 * @param nuisances customers whom nobody can be given in time; they have left the pool
 */
public record Dispatch(List<Match> matches, List<Nuisance> nuisances) {
    static final Dispatch NOTHING = new Dispatch(List.of(), List.of());

    /** An agent for a customer. */
    public record Match(AgentId agent, CallId call, JobId job) {}

    /** A customer without an agent. */
    public record Nuisance(CallId call, JobId job, Why why) {}

    /** Why a customer gets no agent. */
    public enum Why {
        /** Waited to the limit. */
        WAITED_TOO_LONG,
        /** As many wait as may. */
        QUEUE_FULL,
        /** The pool does not know the job: it has ended. */
        UNKNOWN_JOB
    }

    public Dispatch {
        matches = List.copyOf(matches);
        nuisances = List.copyOf(nuisances);
    }
}
