package io.callisto.domain.agent.matching;

import io.callisto.domain.InvariantBroken;
import io.callisto.domain.JobId;
import io.callisto.domain.agent.AgentId;
import io.callisto.domain.agent.CallId;
import io.callisto.domain.agent.Skill;
import io.callisto.domain.agent.matching.Dispatch.Match;
import io.callisto.domain.agent.matching.Dispatch.Nuisance;
import io.callisto.domain.agent.matching.Dispatch.Why;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Agents who take work and customers who wait for one. Owned by one thread.
 *
 * <p>A customer gets the agent who has been idle longest among those attached to the job and with one of its skills.
 * An agent gets the customer who has waited longest of one of its jobs. Where customers of several of its jobs wait,
 * each of these jobs is owed its weight more, twofold for the job that the agent prefers; the one that is owed most is
 * served and pays the sum. Of equal ones it is the job with the oldest call. So jobs are served in the ratio of their
 * weights by agents whom they share. And none starves: a job that was passed over {@link #OVERDUE} times goes before
 * all that were not, in the order in which they came to that, so that it is passed over fewer than
 * {@code OVERDUE + jobs} times in a row by agents who could have served a customer of it.
 *
 * <p>An agent is never idle while a customer of its jobs waits. With {@code n} agents or calls an operation takes
 * {@code O(k log n)} comparisons, where {@code k} is the number of the agent's jobs; only a change of a job's terms
 * takes {@code O(n log n)}. The same operations give the same matches.
 */
public final class AgentPool {
    /** How many jobs an agent may be attached to. */
    public static final int MAX_JOBS = 16;

    /** After how many times of being passed over a job goes first. */
    public static final int OVERDUE = 64;

    private final Runnable step;
    private final Map<JobId, JobQueue> jobs = new HashMap<>();
    private final Map<AgentId, FreeAgent> agents = new HashMap<>();
    private final Map<CallId, WaitingCall> calls = new HashMap<>();
    private final TreeSet<WaitingCall> deadlines;
    private long overdueNumbers;

    /** An empty pool. */
    public AgentPool() {
        this(() -> {});
    }

    /**
     * An empty pool that counts its work.
     *
     * @param step run once for every comparison and every job looked at
     */
    AgentPool(Runnable step) {
        this.step = step;
        deadlines = new TreeSet<>((a, b) -> {
            step.run();
            return WaitingCall.MOST_URGENT_FIRST.compare(a, b);
        });
    }

    /**
     * A job is there, or its terms have changed. Agents are not matched anew with what waits already but where they can
     * serve it only now.
     */
    public Dispatch job(JobId job, JobTerms terms, Instant now) {
        JobQueue queue = jobs.get(job);
        if (queue == null) {
            jobs.put(job, new JobQueue(job, terms, step));
        } else {
            queue.terms(terms);
            queue.agents.clear();
        }
        List<Match> matches = new ArrayList<>();
        List<Nuisance> nuisances = new ArrayList<>(expire(now).nuisances());
        List<FreeAgent> attached = agents.values().stream()
                .filter(agent -> agent.jobs().contains(job))
                .sorted(FreeAgent.LONGEST_IDLE_FIRST)
                .toList();
        for (FreeAgent agent : attached) {
            take(agent);
            put(agent, matches);
        }
        return new Dispatch(matches, nuisances);
    }

    /** A job has ended: whoever waits for it is given back, oldest first, as nuisances. */
    public Dispatch jobEnded(JobId job) {
        JobQueue queue = jobs.remove(job);
        if (queue == null) {
            return Dispatch.NOTHING;
        }
        List<Nuisance> nuisances = new ArrayList<>();
        for (WaitingCall call : queue.calls) {
            calls.remove(call.call());
            deadlines.remove(call);
            nuisances.add(new Nuisance(call.call(), job, Why.UNKNOWN_JOB));
        }
        return new Dispatch(List.of(), nuisances);
    }

    /**
     * An agent takes work: it became idle, or its skills or jobs have changed while it was. Jobs that the pool does not
     * know yet are served when they are made known.
     */
    public Dispatch agentFree(FreeAgent agent, Instant now) {
        agentGone(agent.agent());
        List<Match> matches = new ArrayList<>(1);
        List<Nuisance> nuisances = expire(now).nuisances();
        put(agent, matches);
        return new Dispatch(matches, nuisances);
    }

    /** An agent takes no work any more; nothing happens if it took none. */
    public void agentGone(AgentId id) {
        FreeAgent agent = agents.get(id);
        if (agent != null) {
            take(agent);
        }
    }

    /** A customer has answered, or still waits after a takeover. A call that waits already goes on waiting. */
    public Dispatch answered(WaitingCall call, Instant now) {
        List<Nuisance> nuisances = new ArrayList<>(expire(now).nuisances());
        if (calls.containsKey(call.call())) {
            return new Dispatch(List.of(), nuisances);
        }
        JobQueue queue = jobs.get(call.job());
        if (queue == null) {
            return lost(call, Why.UNKNOWN_JOB, nuisances);
        }
        if (!call.deadline().isAfter(now)) {
            return lost(call, Why.WAITED_TOO_LONG, nuisances);
        }
        if (!queue.agents.isEmpty()) {
            FreeAgent agent = queue.agents.first();
            take(agent);
            queue.served();
            return new Dispatch(List.of(new Match(agent.agent(), call.call(), call.job())), nuisances);
        }
        if (queue.calls.size() >= queue.terms().queueLimit()) {
            return lost(call, Why.QUEUE_FULL, nuisances);
        }
        queue.calls.add(call);
        calls.put(call.call(), call);
        deadlines.add(call);
        return new Dispatch(List.of(), nuisances);
    }

    private static Dispatch lost(WaitingCall call, Why why, List<Nuisance> nuisances) {
        nuisances.add(new Nuisance(call.call(), call.job(), why));
        return new Dispatch(List.of(), nuisances);
    }

    /** A customer has hung up; nothing happens if it did not wait. */
    public void callGone(CallId id) {
        WaitingCall call = calls.get(id);
        if (call != null) {
            remove(call);
        }
    }

    /** Takes out the customers who have waited too long, the most urgent first. */
    public Dispatch expire(Instant now) {
        List<Nuisance> nuisances = new ArrayList<>();
        while (!deadlines.isEmpty() && !deadlines.first().deadline().isAfter(now)) {
            WaitingCall call = deadlines.first();
            remove(call);
            nuisances.add(new Nuisance(call.call(), call.job(), Why.WAITED_TOO_LONG));
        }
        return new Dispatch(List.of(), nuisances);
    }

    /** When {@link #expire} has something to do next; null: nobody waits. */
    public @Nullable Instant nextDeadline() {
        return deadlines.isEmpty() ? null : deadlines.first().deadline();
    }

    /** How many agents could serve a job now. */
    public int free(JobId job) {
        JobQueue queue = jobs.get(job);
        return queue == null ? 0 : queue.agents.size();
    }

    /** How many customers of a job wait. */
    public int waiting(JobId job) {
        JobQueue queue = jobs.get(job);
        return queue == null ? 0 : queue.calls.size();
    }

    /** How many agents take work, whatever jobs they have. */
    public int free() {
        return agents.size();
    }

    /** How many customers wait. */
    public int waiting() {
        return calls.size();
    }

    /** Gives the agent a call if one waits for it; else it waits for one. */
    private void put(FreeAgent agent, List<Match> matches) {
        List<JobQueue> mine = queues(agent);
        JobQueue next = choose(mine, agent.preferred());
        if (next == null) {
            agents.put(agent.agent(), agent);
            mine.forEach(queue -> queue.agents.add(agent));
            return;
        }
        long shares = 0;
        for (JobQueue queue : mine) {
            if (!queue.calls.isEmpty()) {
                int share = queue.share(queue.job.equals(agent.preferred()));
                shares += share;
                queue.owes(share);
                if (queue != next) {
                    queue.passed(OVERDUE, ++overdueNumbers);
                }
            }
        }
        next.owes(-shares);
        next.served();
        WaitingCall call = next.calls.first();
        remove(call);
        matches.add(new Match(agent.agent(), call.call(), call.job()));
    }

    private List<JobQueue> queues(FreeAgent agent) {
        List<JobQueue> mine = new ArrayList<>(agent.jobs().size());
        Set<Skill> skills = agent.skills();
        for (JobId id : agent.jobs()) {
            step.run();
            JobQueue queue = jobs.get(id);
            if (queue != null && queue.terms().suits(skills)) {
                mine.add(queue);
            }
        }
        return mine;
    }

    private @Nullable JobQueue choose(Collection<JobQueue> mine, @Nullable JobId preferred) {
        JobQueue best = null;
        for (JobQueue queue : mine) {
            step.run();
            if (!queue.calls.isEmpty() && (best == null || before(queue, best, preferred))) {
                best = queue;
            }
        }
        return best;
    }

    private static boolean before(JobQueue one, JobQueue other, @Nullable JobId preferred) {
        boolean overdue = one.overdue(OVERDUE);
        if (overdue != other.overdue(OVERDUE)) {
            return overdue;
        }
        if (overdue) {
            return one.overdueSince() < other.overdueSince();
        }
        long claim = one.claim(one.job.equals(preferred));
        long against = other.claim(other.job.equals(preferred));
        return claim != against
                ? claim > against
                : WaitingCall.OLDEST_FIRST.compare(one.calls.first(), other.calls.first()) < 0;
    }

    private void take(FreeAgent agent) {
        agents.remove(agent.agent());
        for (JobId id : agent.jobs()) {
            step.run();
            JobQueue queue = jobs.get(id);
            if (queue != null) {
                queue.agents.remove(agent);
            }
        }
    }

    private void remove(WaitingCall call) {
        JobQueue queue = jobs.get(call.job());
        if (queue == null || !queue.calls.remove(call)) {
            throw new InvariantBroken("INV-8", "a call waits for a job that does not know it: " + call.call());
        }
        calls.remove(call.call());
        deadlines.remove(call);
    }
}
