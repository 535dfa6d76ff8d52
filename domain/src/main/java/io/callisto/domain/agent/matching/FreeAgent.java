package io.callisto.domain.agent.matching;

import io.callisto.domain.JobId;
import io.callisto.domain.agent.AgentId;
import io.callisto.domain.agent.AgentSession;
import io.callisto.domain.agent.Skill;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An agent who takes work now.
 *
 * @param agent the agent
 * @param skills what it can do
 * @param jobs jobs that it is attached to, at most {@link AgentPool#MAX_JOBS}
 * @param preferred the one among them that it serves first; null: none
 * @param idleSince since when
 */
public record FreeAgent(
        AgentId agent,
        Set<Skill> skills,
        List<JobId> jobs,
        @Nullable JobId preferred,
        Instant idleSince) {
    static final Comparator<FreeAgent> LONGEST_IDLE_FIRST =
            Comparator.comparing(FreeAgent::idleSince).thenComparing(FreeAgent::agent);

    public FreeAgent {
        skills = Set.copyOf(skills);
        jobs = jobs.stream()
                .distinct()
                .sorted(Comparator.comparingLong(JobId::value))
                .toList();
        if (jobs.size() > AgentPool.MAX_JOBS) {
            throw new IllegalArgumentException("at most " + AgentPool.MAX_JOBS + " jobs, not " + jobs.size());
        }
    }

    /**
     * The agent of a session that takes work.
     *
     * @throws IllegalArgumentException where it takes none
     */
    public static FreeAgent of(AgentSession session) {
        if (!session.assignable(true)) {
            throw new IllegalArgumentException("the agent takes no work");
        }
        Instant ready = session.presence().since();
        Instant idle = session.work().since();
        return new FreeAgent(
                session.identity().agent(),
                session.skills(),
                session.tie().jobs(),
                session.tie().preferred(),
                ready.isAfter(idle) ? ready : idle);
    }
}
