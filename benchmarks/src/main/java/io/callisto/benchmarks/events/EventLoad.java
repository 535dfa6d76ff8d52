package io.callisto.benchmarks.events;

import io.callisto.domain.CompletionCode;
import io.callisto.domain.IdGenerator;
import io.callisto.event.contract.AgentEvent;
import io.callisto.event.contract.AgentStatisticsEvent;
import io.callisto.event.contract.AttemptEvent;
import io.callisto.event.contract.CallistoEvent;
import io.callisto.event.contract.JobEvent;
import io.callisto.event.contract.JobStatisticsEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the events of jobs, attempts and agents as the product's roles write them, in time. Knows no clock: whoever
 * asks says how late it is. Used by one thread.
 */
final class EventLoad {
    private static final int ORGANISATION = 0;
    private static final int CAMPAIGN = 12;
    private static final String CAMPAIGN_NAME = "Spring offer 2026, existing customers";
    private static final long FIRST_JOB = 9_000_001;
    private static final long CONTACTS_OF_A_JOB = 85_000;
    private static final long EPOCH = 1L << 40;
    private static final List<String> JOB_STATES =
            List.of("QUEUED", "FILTER_IN_PROGRESS", "RUNNING", "PAUSED", "RUNNING");
    private static final List<String> DISPOSITIONS = List.of("Sale", "No_Interest", "Call_Back", "Wrong_Person");
    private static final String LIVE = CompletionCode.ANSWER_HUMAN.text();

    private final IdGenerator ids;
    private final RandomGenerator random;
    private final PriorityQueue<Call> calls = new PriorityQueue<>();
    private final Deque<Agent> free = new ArrayDeque<>();
    private final List<Agent> agents = new ArrayList<>();
    private final Map<Long, JobTally> jobs = new TreeMap<>();
    private @Nullable LoadShape shape;
    private long begunInWindow;
    private long jobStatistics;
    private long agentStatistics;
    private long attempts;

    EventLoad(IdGenerator ids, RandomGenerator random) {
        this.ids = ids;
        this.random = random;
    }

    /** Attempts that have begun so far. */
    long attempts() {
        return attempts;
    }

    /** The job's events from its making until it runs; each of them belongs in a transaction of its own. */
    List<CallistoEvent> jobsBegin(int count, Instant now) {
        List<CallistoEvent> events = new ArrayList<>();
        for (int i = 0; i < JOB_STATES.size(); i++) {
            for (long job = FIRST_JOB; job < FIRST_JOB + count; job++) {
                jobs.computeIfAbsent(job, id -> new JobTally());
                events.add(new JobEvent(
                        ids.next(),
                        i + 1,
                        now,
                        ORGANISATION,
                        job,
                        CAMPAIGN,
                        CAMPAIGN_NAME,
                        "FINITE",
                        i == 0 ? null : JOB_STATES.get(i - 1),
                        JOB_STATES.get(i),
                        null,
                        i == 0 ? 0 : EPOCH + 1));
            }
        }
        return events;
    }

    /** Agents log in and are ready. */
    List<CallistoEvent> agentsLogIn(int count, Instant now) {
        List<CallistoEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Agent agent = new Agent("agent" + (1_000 + i), ids.next(), now, FIRST_JOB + i % jobs.size());
            agents.add(agent);
            free.add(agent);
            events.add(agent.event(ids.next(), "LOGIN", "IDLE", now, null, null));
        }
        return events;
    }

    /** From now on so much happens; the time of {@link #due} counts from here. */
    void begin(LoadShape next) {
        shape = next;
        begunInWindow = 0;
        jobStatistics = 0;
        agentStatistics = 0;
    }

    /** Nothing new begins; what has begun goes on to its end, and its time goes on as before. */
    void finish() {
        shape = null;
    }

    /** Whether everything that began has ended. */
    boolean over() {
        return calls.isEmpty();
    }

    /**
     * Everything that has happened until then and was not told yet.
     *
     * @param elapsedNanos since {@link #begin}
     */
    List<CallistoEvent> due(long elapsedNanos, Instant now) {
        List<CallistoEvent> events = new ArrayList<>();
        LoadShape present = shape;
        if (present != null) {
            beginCalls(present, elapsedNanos);
            statistics(present, elapsedNanos, now, events);
        }
        while (!calls.isEmpty() && calls.element().dueNanos() <= elapsedNanos) {
            Call call = calls.remove();
            events.add(step(call, now));
            if (call.goOn()) {
                calls.add(call);
            }
        }
        return events;
    }

    /** All events of so many new attempts, as they pile up while Kafka is away: those of all attempts interleaved. */
    List<CallistoEvent> backlog(int count, Instant now) {
        List<Call> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(newCall(0, null));
        }
        List<CallistoEvent> events = new ArrayList<>();
        while (!made.isEmpty()) {
            made.forEach(call -> events.add(step(call, now)));
            made.removeIf(call -> !call.goOn());
        }
        return events;
    }

    private void beginCalls(LoadShape present, long elapsedNanos) {
        while (begunInWindow < elapsedNanos * present.attemptsPerSecond() / 1e9) {
            long begun = Math.round(begunInWindow * 1e9 / present.attemptsPerSecond());
            calls.add(newCall(begun, free.poll()));
            begunInWindow++;
        }
    }

    private Call newCall(long begunNanos, @Nullable Agent agent) {
        attempts++;
        return new Call(ids.next(), attempts, FIRST_JOB + attempts % jobs.size(), begunNanos, agent, phone());
    }

    private String phone() {
        return "+4930" + (10_000_000 + random.nextInt(89_999_999));
    }

    /** Jobs and agents tell theirs one after the other, spread over the cadence. */
    private void statistics(LoadShape present, long elapsedNanos, Instant now, List<CallistoEvent> events) {
        double cadences = elapsedNanos / (double) present.cadence().toNanos();
        for (; jobStatistics < cadences * present.jobs(); jobStatistics++) {
            events.add(jobStatistics(FIRST_JOB + jobStatistics % present.jobs(), present, now));
        }
        for (; agentStatistics < cadences * present.agents(); agentStatistics++) {
            Agent agent = agents.get((int) (agentStatistics % present.agents()));
            events.add(agent.statistics(ids.next(), now));
        }
    }

    private CallistoEvent step(Call call, Instant now) {
        Agent agent = call.agent;
        CallStep step = call.step;
        if (agent != null && step.ofAgent()) {
            String code = null;
            if (step == CallStep.IDLE) {
                code = DISPOSITIONS.get(random.nextInt(DISPOSITIONS.size()));
                agent.had(code);
                free.add(agent);
            }
            return agent.event(ids.next(), "CALL_STATE", step.name(), now, call.attemptId, code);
        }
        boolean over = step == CallStep.COMPLETED;
        if (over) {
            jobs.computeIfAbsent(call.job, id -> new JobTally()).made++;
        }
        return new AttemptEvent(
                ids.next(),
                ++call.seq,
                now,
                ORGANISATION,
                0,
                call.attemptId,
                call.job,
                CAMPAIGN,
                call.contact,
                "C" + call.contact,
                7,
                1,
                call.phone,
                "phoneNumber1",
                "VOICE",
                step.name(),
                over ? LIVE : null,
                "g1",
                EPOCH + 2);
    }

    private JobStatisticsEvent jobStatistics(long job, LoadShape present, Instant now) {
        JobTally tally = jobs.computeIfAbsent(job, id -> new JobTally());
        int attached = present.agents() / present.jobs();
        return new JobStatisticsEvent(
                ids.next(),
                ++tally.seq,
                now,
                ORGANISATION,
                job,
                CAMPAIGN,
                CAMPAIGN_NAME,
                "RUNNING",
                new JobStatisticsEvent.Contacts(
                        CONTACTS_OF_A_JOB, CONTACTS_OF_A_JOB - tally.made - 3, 3, tally.made, 0, 0),
                new JobStatisticsEvent.Attempts(tally.made, tally.made, 0, 0, 0, 0, 0, 0, 0, 0),
                new JobStatisticsEvent.Rates(10.0, random.nextInt(300_000, 370_000) / 100.0, 100.0, 0.0),
                attached == 0 ? null : new JobStatisticsEvent.Agents(attached, attached - 3, 2, 1, 0),
                EPOCH + 3);
    }

    /** What a job has counted. */
    private static final class JobTally {
        private int seq;
        private long made;
    }

    /** An attempt on its way. */
    private static final class Call implements Comparable<Call> {
        private final UUID attemptId;
        private final long contact;
        private final long job;
        private final long begunNanos;
        private final @Nullable Agent agent;
        private final String phone;
        private final Iterator<CallStep> later = EnumSet.allOf(CallStep.class).iterator();
        private CallStep step = later.next();
        private int seq;

        Call(UUID attemptId, long contact, long job, long begunNanos, @Nullable Agent agent, String phone) {
            this.attemptId = attemptId;
            this.contact = contact;
            this.job = job;
            this.begunNanos = begunNanos;
            this.agent = agent;
            this.phone = phone;
        }

        long dueNanos() {
            return begunNanos + step.nanos();
        }

        /** The next step; false where there is none. */
        boolean goOn() {
            while (later.hasNext()) {
                step = later.next();
                if (agent != null || !step.ofAgent()) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public int compareTo(Call other) {
            return Long.compare(dueNanos(), other.dueNanos());
        }
    }

    /** An agent who is logged in. */
    private static final class Agent {
        private final String id;
        private final UUID session;
        private final Instant loginAt;
        private final long job;
        private final Map<String, Integer> dispositions = new HashMap<>();
        private int seq;
        private int statisticsSeq;
        private int calls;

        Agent(String id, UUID session, Instant loginAt, long job) {
            this.id = id;
            this.session = session;
            this.loginAt = loginAt;
            this.job = job;
        }

        void had(String code) {
            calls++;
            dispositions.merge(code, 1, Integer::sum);
        }

        AgentEvent event(
                UUID eventId,
                String change,
                String callState,
                Instant now,
                @Nullable UUID attempt,
                @Nullable String code) {
            return new AgentEvent(
                    eventId,
                    ++seq,
                    now,
                    ORGANISATION,
                    0,
                    id,
                    session,
                    change,
                    "READY",
                    callState,
                    "JOB_ATTACHED",
                    "NAILED",
                    null,
                    job,
                    attempt,
                    code,
                    EPOCH + 4);
        }

        AgentStatisticsEvent statistics(UUID eventId, Instant now) {
            long since = Math.max(0, Duration.between(loginAt, now).toMillis());
            long talked = Math.min(since, calls * (CallStep.COMPLETED.nanos() - CallStep.TALKING.nanos()) / 1_000_000);
            long wrapped =
                    Math.min(since - talked, calls * (CallStep.IDLE.nanos() - CallStep.WRAPUP.nanos()) / 1_000_000);
            return new AgentStatisticsEvent(
                    eventId,
                    ++statisticsSeq,
                    now,
                    ORGANISATION,
                    0,
                    id,
                    session,
                    loginAt,
                    since,
                    since,
                    0,
                    since - talked - wrapped,
                    talked,
                    0,
                    wrapped,
                    0,
                    0,
                    calls,
                    dispositions,
                    EPOCH + 4);
        }
    }
}
