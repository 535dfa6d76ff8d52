package io.callisto.domain.agent;

import io.callisto.domain.JobId;
import io.callisto.domain.agent.AgentSession.JobTie;
import io.callisto.domain.agent.Outcome.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Jobs: attached, detached, moved, blended; what is wished during a call waits for its end. */
final class JobMoves {
    private JobMoves() {}

    static @Nullable Refused attach(Turn turn, AgentInput.JobAttach input) {
        JobTie tie = turn.tie();
        return switch (tie.state()) {
            case NOT_ATTACHED -> attachFirst(turn, input);
            case JOB_ATTACHED, PENDING_INBOUND, JOB_INBOUND, JOB_MANUAL_INBOUND -> attachMore(turn, input);
            case JOB_END, PENDING_JOB_ATTACH -> {
                turn.jobs(AgentJobState.PENDING_JOB_ATTACH, List.of(), null, input.job(), false);
                yield null;
            }
            case PENDING_MANUAL_JOB_MOVEMENT ->
                Turn.refuse(AgentErrorCode.WRONG_STATE, "the agent is being moved to job " + tie.next());
        };
    }

    private static @Nullable Refused attachFirst(Turn turn, AgentInput.JobAttach input) {
        NailState nail = turn.nailing().state();
        if (input.needsLine() && nail == NailState.NOT_NAILED) {
            return Turn.refuse(AgentErrorCode.NOT_NAILED, "nail state " + nail);
        }
        boolean now = !turn.busy() && (!input.needsLine() || nail == NailState.NAILED);
        if (now) {
            JobId preferred = input.preferred() ? input.job() : null;
            turn.jobs(AgentJobState.JOB_ATTACHED, List.of(input.job()), preferred, null, false);
        } else {
            turn.jobs(AgentJobState.PENDING_JOB_ATTACH, List.of(), null, input.job(), false);
        }
        return null;
    }

    private static @Nullable Refused attachMore(Turn turn, AgentInput.JobAttach input) {
        JobTie tie = turn.tie();
        if (!tie.jobs().contains(input.job()) && tie.jobs().size() >= turn.settings.maxJobs()) {
            return Turn.refuse(
                    AgentErrorCode.TOO_MANY_JOBS, "attached to " + tie.jobs().size() + " jobs");
        }
        List<JobId> jobs =
                Stream.concat(tie.jobs().stream(), Stream.of(input.job())).toList();
        JobId preferred = input.preferred() ? input.job() : tie.preferred();
        turn.jobs(tie.state(), jobs, preferred, tie.next(), tie.manualInbound());
        return null;
    }

    static @Nullable Refused detach(Turn turn, JobId job) {
        JobTie tie = turn.tie();
        if (!tie.jobs().contains(job) && !job.equals(tie.next())) {
            return Turn.refuse(AgentErrorCode.UNKNOWN_JOB, "job " + job);
        }
        remove(turn, job);
        return null;
    }

    /** Takes a job away; where it was the last one, the call goes on to its end. */
    static void remove(Turn turn, JobId job) {
        JobTie tie = turn.tie();
        List<JobId> rest =
                tie.jobs().stream().filter(other -> !other.equals(job)).toList();
        JobId next = job.equals(tie.next()) ? null : tie.next();
        AgentJobState none = turn.busy() ? AgentJobState.JOB_END : AgentJobState.NOT_ATTACHED;
        AgentJobState to = switch (tie.state()) {
            case JOB_ATTACHED -> rest.isEmpty() ? none : AgentJobState.JOB_ATTACHED;
            case PENDING_MANUAL_JOB_MOVEMENT ->
                next != null ? tie.state() : rest.isEmpty() ? none : AgentJobState.JOB_ATTACHED;
            case PENDING_JOB_ATTACH -> next != null ? tie.state() : none;
            case NOT_ATTACHED, JOB_END, PENDING_INBOUND, JOB_INBOUND, JOB_MANUAL_INBOUND -> tie.state();
        };
        turn.jobs(to, rest, tie.preferred(), next, tie.manualInbound());
    }

    static @Nullable Refused move(Turn turn, JobId to) {
        JobTie tie = turn.tie();
        switch (tie.state()) {
            case NOT_ATTACHED -> {
                return attachFirst(turn, new AgentInput.JobAttach(to, true, true));
            }
            case JOB_ATTACHED -> {
                if (turn.busy()) {
                    turn.jobs(AgentJobState.PENDING_MANUAL_JOB_MOVEMENT, tie.jobs(), tie.preferred(), to, false);
                } else {
                    turn.jobs(AgentJobState.JOB_ATTACHED, List.of(to), to, null, false);
                }
            }
            case JOB_END, PENDING_MANUAL_JOB_MOVEMENT ->
                turn.jobs(AgentJobState.PENDING_MANUAL_JOB_MOVEMENT, tie.jobs(), tie.preferred(), to, false);
            case PENDING_JOB_ATTACH -> turn.jobs(tie.state(), List.of(), null, to, false);
            case PENDING_INBOUND, JOB_INBOUND, JOB_MANUAL_INBOUND ->
                turn.jobs(tie.state(), List.of(to), to, null, tie.manualInbound());
        }
        return null;
    }

    /** The blender's wish; an agent who is not ready, or soon is not, is left alone. */
    static @Nullable Refused orderInbound(Turn turn) {
        AgentState readiness = turn.presence().state();
        return readiness == AgentState.READY
                ? inbound(turn, false)
                : Turn.refuse(AgentErrorCode.NOT_ASSIGNABLE, "agent " + readiness);
    }

    static @Nullable Refused inbound(Turn turn, boolean manual) {
        JobTie tie = turn.tie();
        switch (tie.state()) {
            case NOT_ATTACHED, JOB_ATTACHED, JOB_END -> {
                if (turn.busy()) {
                    turn.jobs(AgentJobState.PENDING_INBOUND, tie.jobs(), tie.preferred(), null, manual);
                } else {
                    goInbound(turn, manual);
                }
            }
            case PENDING_MANUAL_JOB_MOVEMENT, PENDING_JOB_ATTACH -> {
                return Turn.refuse(AgentErrorCode.WRONG_STATE, "the agent is on its way to job " + tie.next());
            }
            case PENDING_INBOUND, JOB_INBOUND, JOB_MANUAL_INBOUND -> {
                return null;
            }
        }
        return null;
    }

    private static void goInbound(Turn turn, boolean manual) {
        JobTie tie = turn.tie();
        AgentJobState to = manual ? AgentJobState.JOB_MANUAL_INBOUND : AgentJobState.JOB_INBOUND;
        turn.jobs(to, tie.jobs(), tie.preferred(), null, false);
        turn.effect(new AgentEffect.Blend(true));
        turn.tell(new AgentNotice.BlendedToInbound());
    }

    static @Nullable Refused outbound(Turn turn) {
        JobTie tie = turn.tie();
        boolean pending = tie.state() == AgentJobState.PENDING_INBOUND;
        if (!pending && !tie.state().inbound()) {
            return Turn.refuse(AgentErrorCode.WRONG_STATE, "job state " + tie.state());
        }
        AgentJobState none = pending ? AgentJobState.JOB_END : AgentJobState.NOT_ATTACHED;
        turn.jobs(tie.jobs().isEmpty() ? none : AgentJobState.JOB_ATTACHED, tie.jobs(), tie.preferred(), null, false);
        if (!pending) {
            turn.effect(new AgentEffect.Blend(false));
        }
        turn.tell(new AgentNotice.BlendedToOutbound());
        return null;
    }

    /** The call is over: what waited for that. */
    static void settle(Turn turn) {
        JobTie tie = turn.tie();
        switch (tie.state()) {
            case JOB_END -> turn.jobs(AgentJobState.NOT_ATTACHED, List.of(), null, null, false);
            case PENDING_INBOUND -> goInbound(turn, tie.manualInbound());
            case PENDING_MANUAL_JOB_MOVEMENT -> arrive(turn);
            case PENDING_JOB_ATTACH -> {
                NailState nail = turn.nailing().state();
                if (nail == NailState.NAILED) {
                    arrive(turn);
                } else if (nail == NailState.NOT_NAILED) {
                    detachAll(turn);
                }
            }
            case NOT_ATTACHED, JOB_ATTACHED, JOB_INBOUND, JOB_MANUAL_INBOUND -> {
                return;
            }
        }
    }

    /** The agent is nailed up: it may have waited for that with a job. */
    static void nailed(Turn turn) {
        if (turn.tie().state() == AgentJobState.PENDING_JOB_ATTACH && !turn.busy()) {
            arrive(turn);
        }
    }

    private static void arrive(Turn turn) {
        JobId to = turn.tie().next();
        List<JobId> jobs = to == null ? turn.tie().jobs() : List.of(to);
        turn.jobs(AgentJobState.JOB_ATTACHED, jobs, to, null, false);
    }

    /** The agent cannot be nailed up: others are to do its jobs, and it is to be assigned again. */
    static void detachAll(Turn turn) {
        JobTie tie = turn.tie();
        switch (tie.state()) {
            case JOB_ATTACHED, PENDING_MANUAL_JOB_MOVEMENT, PENDING_JOB_ATTACH -> {
                List<JobId> jobs = new ArrayList<>(tie.jobs());
                JobId next = tie.next();
                // A move that was ordered stands: the agent goes where it was sent.
                List<JobId> wanted = next == null ? jobs : List.of(next);
                turn.jobs(AgentJobState.NOT_ATTACHED, List.of(), null, null, false);
                turn.effect(new AgentEffect.AssignAgain(wanted, next == null ? tie.preferred() : next));
            }
            case NOT_ATTACHED, JOB_END, PENDING_INBOUND, JOB_INBOUND, JOB_MANUAL_INBOUND -> {
                return;
            }
        }
    }
}
