package io.callisto.domain.agent;

import io.callisto.domain.InvariantBroken;
import io.callisto.domain.JobId;
import io.callisto.domain.OrganisationId;
import io.callisto.domain.ZoneId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that an agent manager keeps of one agent and restores after a takeover. What is still to be awaited stands in it
 * as a deadline: a manager that holds the session needs nothing else to go on.
 *
 * @param identity who it is; fixed at logon
 * @param desktop where commands come from
 * @param presence readiness
 * @param nailing standing connection to a gateway
 * @param tie skills and jobs
 * @param work the call
 * @param ledger counters and times
 */
public record AgentSession(
        Identity identity, Desktop desktop, Presence presence, Nailing nailing, JobTie tie, Work work, Ledger ledger) {

    /**
     * What is fixed at logon.
     *
     * @param session id of the session
     * @param agent login name
     * @param organisation tenant
     * @param zone zone that the agent works in
     * @param extension phone that is nailed up
     * @param locale of the desktop, such as {@code de-DE}
     * @param timeZone of the agent, such as {@code Europe/Berlin}
     */
    public record Identity(
            AgentSessionId session,
            AgentId agent,
            OrganisationId organisation,
            ZoneId zone,
            String extension,
            String locale,
            String timeZone) {}

    /**
     * The desktop.
     *
     * @param attachNo rises with each desktop that attaches; commands with a lower one are refused
     * @param connected whether it is there
     * @param deadline until when it must be back; null: it is there, or nobody waits for it any more
     * @param abandoned whether the grace is over and only the customer's call keeps the session
     * @param asked the states before a takeover, while the desktop has not told its view; null: nothing is asked
     */
    public record Desktop(
            long attachNo,
            boolean connected,
            @Nullable Instant deadline,
            boolean abandoned,
            @Nullable AgentStatus asked) {
        public Desktop {
            require(connected != (deadline != null || abandoned), "a desktop is there, awaited or abandoned");
        }

        Desktop later(long millis) {
            return deadline == null
                    ? this
                    : new Desktop(attachNo, connected, deadline.plusMillis(millis), abandoned, asked);
        }

        Desktop with(@Nullable AgentStatus question) {
            return new Desktop(attachNo, connected, deadline, abandoned, question);
        }
    }

    /**
     * Readiness.
     *
     * @param state the state
     * @param since when it was entered
     * @param reasonCode why not ready or logged out, where there is one
     * @param reasonName its name
     * @param walkedAway whether the agent has left the desk
     */
    public record Presence(
            AgentState state,
            Instant since,
            @Nullable String reasonCode,
            @Nullable String reasonName,
            boolean walkedAway) {}

    /**
     * Nailing.
     *
     * @param state the state
     * @param since when it was entered
     * @param leg the agent's leg; null while there is none, or the desktop is still to confirm
     * @param deadline when something must happen; null where nothing is awaited
     * @param triesLeft how often it is still tried by itself
     * @param media whether its gateway can be spoken to
     */
    public record Nailing(
            NailState state,
            Instant since,
            @Nullable LegId leg,
            @Nullable Instant deadline,
            int triesLeft,
            Media media) {
        public Nailing {
            boolean waits = state == NailState.NAILING
                    || state == NailState.LOST
                    || (state == NailState.NAILED && media != Media.OK);
            require(waits == (deadline != null), "nailing " + state + ", media " + media + ", deadline " + deadline);
            require(state != NailState.NAILED || leg != null, "nailed without a leg");
            require(state == NailState.NAILED || state == NailState.NAILING || leg == null, state + " with a leg");
        }

        Nailing later(long millis) {
            return deadline == null
                    ? this
                    : new Nailing(state, since, leg, deadline.plusMillis(millis), triesLeft, media);
        }
    }

    /** Whether the agent's gateway can be spoken to. */
    public enum Media {
        OK,
        /** What controls the gateway is gone (POM: the application server). */
        CONTROL_GONE,
        /** The gateway itself does not answer. */
        UNREACHABLE
    }

    /**
     * How the agent stands to the jobs.
     *
     * @param state the state
     * @param since when it was entered
     * @param skills what the agent can do
     * @param jobs jobs that it is attached to, without repeats, in order
     * @param preferred the one among them that it serves first; null: none
     * @param next the job that it is to be moved or attached to; null: none
     * @param manualInbound whether the wish to go inbound that waits is the agent's own
     */
    public record JobTie(
            AgentJobState state,
            Instant since,
            List<Skill> skills,
            List<JobId> jobs,
            @Nullable JobId preferred,
            @Nullable JobId next,
            boolean manualInbound) {
        public JobTie {
            skills = List.copyOf(new TreeSet<>(skills));
            jobs = jobs.stream()
                    .distinct()
                    .sorted(Comparator.comparingLong(JobId::value))
                    .toList();
            preferred = preferred != null && jobs.contains(preferred) ? preferred : null;
        }
    }

    /**
     * The call.
     *
     * @param state the state
     * @param since when it was entered
     * @param call the call; null with {@link CallState#IDLE} only
     * @param deadline when it must have moved on; null with {@link CallState#IDLE} only
     * @param waiting consultations that others want of this busy agent, oldest first
     */
    public record Work(
            CallState state,
            Instant since,
            @Nullable AgentCall call,
            @Nullable Instant deadline,
            List<Waiting> waiting) {
        public Work {
            require((state == CallState.IDLE) == (call == null), "call state " + state + " and call " + call);
            require((state == CallState.IDLE) == (deadline == null), "call state " + state + ", " + deadline);
            waiting = List.copyOf(waiting);
        }

        Work with(List<Waiting> others) {
            return new Work(state, since, call, deadline, others);
        }
    }

    /**
     * A consultation that waits for this agent to be free.
     *
     * @param leg names it
     * @param from who asks
     * @param fromLeg the nailing of whoever asks
     * @param offer what it is about
     */
    public record Waiting(LegId leg, AgentId from, LegId fromLeg, CallOffer offer) {}

    /**
     * Counters and times.
     *
     * @param legs legs and calls opened so far; ids are made from it
     * @param notifications number of the last notification
     * @param loggedOnAt when the session began
     * @param times how long the agent was in which state
     * @param haMillis <em>Total HA time</em>: how long its zone was without an agent manager
     */
    public record Ledger(long legs, long notifications, Instant loggedOnAt, AgentTimes times, long haMillis) {}

    public AgentSession {
        // Each of these would be an agent whom nothing ever frees, or one who is called while not at the desk.
        CallState call = work.state();
        AgentJobState job = tie.state();
        require(call != CallState.IDLE || !presence.state().pending(), presence.state() + " without a call");
        require(call == CallState.IDLE || presence.state() != AgentState.NOT_READY, "NOT_READY in call " + call);
        require(
                presence.state() != AgentState.LOGGED_OUT || loggedOutCleanly(nailing, tie, work),
                "rests of a session");
        require(call != CallState.IDLE || work.waiting().isEmpty(), "consultations wait for an idle agent");
        require(
                call != CallState.IDLE
                        || (job != AgentJobState.JOB_END
                                && job != AgentJobState.PENDING_INBOUND
                                && job != AgentJobState.PENDING_MANUAL_JOB_MOVEMENT),
                job + " without a call");
        require(
                job != AgentJobState.PENDING_JOB_ATTACH
                        || call != CallState.IDLE
                        || nailing.state() == NailState.NAILING
                        || nailing.state() == NailState.LOST,
                "PENDING_JOB_ATTACH that waits for nothing");
        boolean toJob = job == AgentJobState.PENDING_JOB_ATTACH || job == AgentJobState.PENDING_MANUAL_JOB_MOVEMENT;
        require(toJob == (tie.next() != null), job + " to job " + tie.next());
        require(job != AgentJobState.JOB_ATTACHED || !tie.jobs().isEmpty(), "attached to no job");
        require(
                tie.jobs().isEmpty() || (job != AgentJobState.NOT_ATTACHED && job != AgentJobState.JOB_END),
                job + " with jobs");
    }

    private static boolean loggedOutCleanly(Nailing nailing, JobTie tie, Work work) {
        return nailing.state() == NailState.NOT_NAILED
                && tie.state() == AgentJobState.NOT_ATTACHED
                && work.state() == CallState.IDLE;
    }

    /** The three states that desktop and manager compare. */
    public AgentStatus status() {
        return new AgentStatus(presence.state(), work.state(), nailing.state());
    }

    /** The state as POM's pages show it. */
    public AgentView view() {
        return AgentView.of(presence.state(), work.state());
    }

    /** Whether the session goes on. */
    public boolean loggedOn() {
        return presence.state() != AgentState.LOGGED_OUT;
    }

    /** Whether the agent's leg stands and can be used. */
    public boolean onLine() {
        return nailing.state() == NailState.NAILED && nailing.media() == Media.OK;
    }

    /**
     * Whether the agent takes work of its jobs now.
     *
     * @param needsLine false for jobs whose calls are dialed with another device
     */
    public boolean assignable(boolean needsLine) {
        return presence.state() == AgentState.READY
                && work.state() == CallState.IDLE
                && tie.state() == AgentJobState.JOB_ATTACHED
                && desktop.connected()
                && (!needsLine || onLine());
    }

    /** When the next {@link AgentInput.DeadlineReached} is due; null where nothing is awaited. */
    public @Nullable Instant nextDeadline() {
        return deadlines().min(Comparator.naturalOrder()).orElse(null);
    }

    private Stream<Instant> deadlines() {
        AgentCall call = work.call();
        AgentCall.Party party = call == null ? null : call.party();
        Stream.Builder<Instant> all = Stream.builder();
        for (Instant one : new @Nullable Instant[] {
            desktop.deadline(), nailing.deadline(), work.deadline(), party == null ? null : party.deadline()
        }) {
            if (one != null) {
                all.add(one);
            }
        }
        return all.build();
    }

    /** The skills as a set. */
    public Set<Skill> skills() {
        return Set.copyOf(tie.skills());
    }

    AgentSession with(Desktop other) {
        return new AgentSession(identity, other, presence, nailing, tie, work, ledger);
    }

    AgentSession with(Ledger other) {
        return new AgentSession(identity, desktop, presence, nailing, tie, work, other);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new InvariantBroken("INV-8", "an agent's session: " + what);
        }
    }
}
