package io.callisto.domain.agent.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.callisto.domain.JobId;
import io.callisto.domain.agent.AgentId;
import io.callisto.domain.agent.CallId;
import io.callisto.domain.agent.Skill;
import io.callisto.domain.agent.matching.Dispatch.Match;
import io.callisto.domain.agent.matching.Dispatch.Nuisance;
import io.callisto.domain.agent.matching.Dispatch.Why;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The pool against one that keeps two lists and looks through both every time. */
class AgentPoolOracleTest {
    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
    private static final int OPERATIONS = 2_000;
    private static final int SEEDS = 25;
    private static final List<Skill> SKILLS = List.of(new Skill("German"), new Skill("French"), new Skill("Sales"));

    @Test
    void the_pool_does_what_two_plain_lists_do() {
        int matches = 0;
        int nuisances = 0;
        Set<Why> reasons = new HashSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            List<Dispatch> all = run(seed);
            matches += all.stream().mapToInt(one -> one.matches().size()).sum();
            nuisances += all.stream().mapToInt(one -> one.nuisances().size()).sum();
            all.forEach(one -> one.nuisances().forEach(nuisance -> reasons.add(nuisance.why())));
        }
        // The sequences were worth running.
        assertThat(matches).isGreaterThan(SEEDS * 250);
        assertThat(nuisances).isGreaterThan(SEEDS * 50);
        assertThat(reasons).containsExactlyInAnyOrder(Why.values());
    }

    @Test
    void the_same_operations_give_the_same_matches() {
        assertThat(run(4)).isEqualTo(run(4));
    }

    private static List<Dispatch> run(int seed) {
        Random random = new Random(seed);
        AgentPool pool = new AgentPool();
        Plain plain = new Plain();
        List<Dispatch> all = new ArrayList<>();
        Instant now = START;
        int calls = 0;
        for (int n = 0; n < OPERATIONS; n++) {
            now = now.plusMillis(random.nextInt(400));
            JobId job = new JobId(random.nextInt(6));
            Dispatch expected;
            Dispatch actual;
            switch (random.nextInt(20)) {
                case 0 -> {
                    JobTerms terms = new JobTerms(skills(random), 1 + random.nextInt(9), random.nextInt(6));
                    expected = plain.job(job, terms, now);
                    actual = pool.job(job, terms, now);
                }
                case 1 -> {
                    boolean ends = random.nextInt(3) == 0;
                    expected = ends ? plain.jobEnded(job) : Dispatch.NOTHING;
                    actual = ends ? pool.jobEnded(job) : Dispatch.NOTHING;
                }
                case 2, 3 -> {
                    AgentId agent = agentId(random);
                    expected = plain.agentGone(agent);
                    pool.agentGone(agent);
                    actual = Dispatch.NOTHING;
                }
                case 4 -> {
                    CallId call = callId(random.nextInt(calls + 1));
                    expected = plain.callGone(call);
                    pool.callGone(call);
                    actual = Dispatch.NOTHING;
                }
                case 5 -> {
                    expected = plain.expire(now);
                    actual = pool.expire(now);
                }
                case 6, 7, 8, 9, 10, 11, 12 -> {
                    FreeAgent agent = agent(random, now);
                    expected = plain.agentFree(agent, now);
                    actual = pool.agentFree(agent, now);
                }
                default -> {
                    Instant since = now.minusMillis(random.nextInt(1_000));
                    CallId id = callId(random.nextInt(20) == 0 ? calls : ++calls);
                    WaitingCall call = new WaitingCall(id, job, since, since.plusMillis(500 + random.nextInt(6_000)));
                    expected = plain.answered(call, now);
                    actual = pool.answered(call, now);
                }
            }
            assertThat(actual).as("seed %d, operation %d", seed, n).isEqualTo(expected);
            assertThat(pool.free()).isEqualTo(plain.agents.size());
            assertThat(pool.waiting()).isEqualTo(plain.calls.size());
            assertThat(plain.anybodyCouldServe())
                    .as("an idle agent and a call of its jobs")
                    .isFalse();
            all.add(actual);
        }
        return all;
    }

    private static Set<Skill> skills(Random random) {
        Set<Skill> some = new HashSet<>();
        SKILLS.forEach(skill -> {
            if (random.nextInt(3) == 0) {
                some.add(skill);
            }
        });
        return some;
    }

    private static AgentId agentId(Random random) {
        return new AgentId("agent" + random.nextInt(12));
    }

    private static CallId callId(int number) {
        return new CallId(new UUID(1, number));
    }

    private static FreeAgent agent(Random random, Instant now) {
        List<JobId> jobs = IntStream.range(0, 6)
                .filter(job -> random.nextInt(3) == 0)
                .mapToObj(JobId::new)
                .toList();
        JobId preferred = jobs.isEmpty() || random.nextBoolean() ? null : jobs.get(random.nextInt(jobs.size()));
        return new FreeAgent(
                agentId(random), skills(random), jobs, preferred, now.minusMillis(random.nextInt(3) * 1_000L));
    }

    /** Two lists. */
    private static final class Plain {
        final List<FreeAgent> agents = new ArrayList<>();
        final List<WaitingCall> calls = new ArrayList<>();
        final Map<JobId, JobTerms> jobs = new HashMap<>();
        final Map<JobId, Integer> passedOver = new HashMap<>();
        final Map<JobId, Integer> owed = new HashMap<>();
        final List<JobId> overdue = new ArrayList<>();

        Dispatch job(JobId job, JobTerms terms, Instant now) {
            jobs.put(job, terms);
            List<Nuisance> late = expire(now).nuisances();
            List<Match> matches = new ArrayList<>();
            List<FreeAgent> attached = agents.stream()
                    .filter(agent -> agent.jobs().contains(job))
                    .sorted(Comparator.comparing(FreeAgent::idleSince).thenComparing(FreeAgent::agent))
                    .toList();
            for (FreeAgent agent : attached) {
                matches.addAll(agentFree(agent, now).matches());
            }
            return new Dispatch(matches, late);
        }

        Dispatch jobEnded(JobId job) {
            jobs.remove(job);
            served(job);
            owed.remove(job);
            List<Nuisance> left = calls.stream()
                    .filter(call -> call.job().equals(job))
                    .sorted(Comparator.comparing(WaitingCall::since).thenComparing(WaitingCall::call))
                    .map(call -> new Nuisance(call.call(), job, Why.UNKNOWN_JOB))
                    .toList();
            calls.removeIf(call -> call.job().equals(job));
            return new Dispatch(List.of(), left);
        }

        Dispatch agentGone(AgentId id) {
            agents.removeIf(agent -> agent.agent().equals(id));
            return Dispatch.NOTHING;
        }

        Dispatch callGone(CallId id) {
            calls.removeIf(call -> call.call().equals(id));
            return Dispatch.NOTHING;
        }

        Dispatch expire(Instant now) {
            List<Nuisance> late = calls.stream()
                    .filter(call -> !call.deadline().isAfter(now))
                    .sorted(Comparator.comparing(WaitingCall::deadline).thenComparing(WaitingCall::call))
                    .map(call -> new Nuisance(call.call(), call.job(), Why.WAITED_TOO_LONG))
                    .toList();
            calls.removeIf(call -> !call.deadline().isAfter(now));
            return new Dispatch(List.of(), late);
        }

        Dispatch agentFree(FreeAgent agent, Instant now) {
            agentGone(agent.agent());
            List<Nuisance> late = expire(now).nuisances();
            JobId chosen = null;
            for (JobId job : agent.jobs()) {
                if (serves(agent, job) && oldest(job) != null && (chosen == null || before(agent, job, chosen))) {
                    chosen = job;
                }
            }
            if (chosen == null) {
                agents.add(agent);
                return new Dispatch(List.of(), late);
            }
            for (JobId job : agent.jobs()) {
                if (serves(agent, job) && oldest(job) != null) {
                    owed.merge(job, share(agent, job), Integer::sum);
                    owed.merge(chosen, -share(agent, job), Integer::sum);
                }
                if (!job.equals(chosen) && serves(agent, job) && oldest(job) != null) {
                    int times = passedOver.merge(job, 1, Integer::sum);
                    if (times == AgentPool.OVERDUE) {
                        overdue.add(job);
                    }
                }
            }
            served(chosen);
            WaitingCall call = Objects.requireNonNull(oldest(chosen));
            calls.remove(call);
            return new Dispatch(List.of(new Match(agent.agent(), call.call(), chosen)), late);
        }

        private boolean before(FreeAgent agent, JobId one, JobId other) {
            boolean first = overdue.contains(one);
            boolean second = overdue.contains(other);
            if (first || second) {
                return first && (!second || overdue.indexOf(one) < overdue.indexOf(other));
            }
            int mine = claim(agent, one);
            int against = claim(agent, other);
            WaitingCall oldest = Objects.requireNonNull(oldest(one));
            WaitingCall theirs = Objects.requireNonNull(oldest(other));
            return mine > against
                    || (mine == against
                            && Comparator.comparing(WaitingCall::since)
                                            .thenComparing(WaitingCall::call)
                                            .compare(oldest, theirs)
                                    < 0);
        }

        private int claim(FreeAgent agent, JobId job) {
            return owed.getOrDefault(job, 0) + share(agent, job);
        }

        private int share(FreeAgent agent, JobId job) {
            int weight = Objects.requireNonNull(jobs.get(job)).weight();
            return job.equals(agent.preferred()) ? 2 * weight : weight;
        }

        private void served(JobId job) {
            passedOver.remove(job);
            overdue.remove(job);
        }

        Dispatch answered(WaitingCall call, Instant now) {
            List<Nuisance> late = new ArrayList<>(expire(now).nuisances());
            if (calls.stream().anyMatch(other -> other.call().equals(call.call()))) {
                return new Dispatch(List.of(), late);
            }
            JobTerms terms = jobs.get(call.job());
            Why why = null;
            if (terms == null) {
                why = Why.UNKNOWN_JOB;
            } else if (!call.deadline().isAfter(now)) {
                why = Why.WAITED_TOO_LONG;
            } else {
                FreeAgent best = agents.stream()
                        .filter(agent -> agent.jobs().contains(call.job()) && serves(agent, call.job()))
                        .min(Comparator.comparing(FreeAgent::idleSince).thenComparing(FreeAgent::agent))
                        .orElse(null);
                if (best != null) {
                    agents.remove(best);
                    served(call.job());
                    return new Dispatch(List.of(new Match(best.agent(), call.call(), call.job())), late);
                }
                long waiting = calls.stream()
                        .filter(other -> other.job().equals(call.job()))
                        .count();
                why = waiting >= terms.queueLimit() ? Why.QUEUE_FULL : null;
            }
            if (why == null) {
                calls.add(call);
            } else {
                late.add(new Nuisance(call.call(), call.job(), why));
            }
            return new Dispatch(List.of(), late);
        }

        private boolean serves(FreeAgent agent, JobId job) {
            JobTerms terms = jobs.get(job);
            return terms != null
                    && (terms.skills().isEmpty() || terms.skills().stream().anyMatch(agent.skills()::contains));
        }

        private @Nullable WaitingCall oldest(JobId job) {
            return calls.stream()
                    .filter(call -> call.job().equals(job))
                    .min(Comparator.comparing(WaitingCall::since).thenComparing(WaitingCall::call))
                    .orElse(null);
        }

        boolean anybodyCouldServe() {
            return agents.stream()
                    .anyMatch(agent -> calls.stream()
                            .anyMatch(call -> agent.jobs().contains(call.job()) && serves(agent, call.job())));
        }
    }
}
