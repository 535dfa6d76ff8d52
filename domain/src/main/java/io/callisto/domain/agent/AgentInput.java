package io.callisto.domain.agent;

import io.callisto.domain.JobId;
import java.time.Instant;
import java.util.Set;

/**
 * What happens to an agent without its asking: told by the gateway, by other agents' sessions, by the director, by the
 * clock. Late and repeated ones are accepted and change nothing.
 */
public sealed interface AgentInput {

    /** Which one it is. */
    Kind kind();

    /** Kinds of input. */
    enum Kind {
        DESKTOP_ATTACHED,
        DESKTOP_DISCONNECTED,
        DEADLINE_REACHED,
        FORCED_LOGOUT,
        SKILLS_SET,
        NAIL_ANSWERED,
        NAIL_FAILED,
        NAIL_LOST,
        MEDIA_CHANGED,
        CALL_ASSIGNED,
        PREVIEW_ASSIGNED,
        CALLBACK_DUE,
        BRIDGED,
        BRIDGE_FAILED,
        DIAL_ANSWERED,
        DIAL_FAILED,
        CUSTOMER_HUNG_UP,
        CONSULT_REQUESTED,
        CONSULT_WITHDRAWN,
        CONSULT_QUEUED,
        CONSULT_ANSWERED,
        CONSULT_REFUSED,
        PARTY_LEFT,
        CALL_HANDED_OVER,
        CONFERENCE_JOINED,
        CONFERENCE_ENDED,
        JOB_ATTACH,
        JOB_DETACH,
        JOB_ENDED,
        JOB_MOVE,
        INBOUND_ORDERED,
        OUTBOUND_ORDERED
    }

    /** A desktop has attached to the session: a new one, or the old one after an outage. */
    record DesktopAttached() implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.DESKTOP_ATTACHED;
        }
    }

    /** The desktop's connection is gone. */
    record DesktopDisconnected(long attachNo) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.DESKTOP_DISCONNECTED;
        }
    }

    /** The time of {@link AgentSession#nextDeadline()} has come; one that comes early or twice does no harm. */
    record DeadlineReached() implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.DEADLINE_REACHED;
        }
    }

    /** A supervisor, or we ourselves, end the session whatever it does. */
    record ForcedLogout(String reason) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.FORCED_LOGOUT;
        }
    }

    /** An administrator has changed the agent's skills. */
    record SkillsSet(Set<Skill> skills) implements AgentInput {
        public SkillsSet {
            skills = Set.copyOf(skills);
        }

        @Override
        public Kind kind() {
            return Kind.SKILLS_SET;
        }
    }

    /** The agent's phone was answered. */
    record NailAnswered(LegId leg) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.NAIL_ANSWERED;
        }
    }

    /** The agent's phone was not answered, or could not be rung. */
    record NailFailed(LegId leg) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.NAIL_FAILED;
        }
    }

    /** The agent's leg is gone: hung up, or its gateway is lost. */
    record NailLost(LegId leg) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.NAIL_LOST;
        }
    }

    /** Whether the agent's gateway can be spoken to has changed. */
    record MediaChanged(AgentSession.Media media) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.MEDIA_CHANGED;
        }
    }

    /** An answered call was matched to this agent. */
    record CallAssigned(CallOffer offer) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.CALL_ASSIGNED;
        }
    }

    /** A contact is to be shown to this agent. */
    record PreviewAssigned(CallOffer offer) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.PREVIEW_ASSIGNED;
        }
    }

    /** A callback of this agent is due. */
    record CallbackDue(CallOffer offer, Instant due, Instant expiry) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.CALLBACK_DUE;
        }
    }

    /** Customer and agent hear one another. */
    record Bridged(CallId call) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.BRIDGED;
        }
    }

    /** Customer and agent could not be connected. */
    record BridgeFailed(CallId call) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.BRIDGE_FAILED;
        }
    }

    /** The customer answered a call that this agent dialed. */
    record DialAnswered(CallId call) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.DIAL_ANSWERED;
        }
    }

    /** A call that this agent dialed came to nothing. */
    record DialFailed(CallId call, Disposition reason) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.DIAL_FAILED;
        }
    }

    /** The customer's leg is gone. */
    record CustomerHungUp(CallId call) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.CUSTOMER_HUNG_UP;
        }
    }

    /**
     * Another agent wants to consult this one.
     *
     * @param leg names the consultation
     * @param from who asks
     * @param fromLeg the nailing of whoever asks
     * @param offer what it is about
     */
    record ConsultRequested(LegId leg, AgentId from, LegId fromLeg, CallOffer offer) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.CONSULT_REQUESTED;
        }
    }

    /** The other agent does not want it any more, or has lost the customer. */
    record ConsultWithdrawn(LegId leg) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.CONSULT_WITHDRAWN;
        }
    }

    /** The consulted agent is busy; the wish waits there. */
    record ConsultQueued(LegId leg) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.CONSULT_QUEUED;
        }
    }

    /** The consulted party is on the line. */
    record ConsultAnswered(LegId leg) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.CONSULT_ANSWERED;
        }
    }

    /** The consulted party will not come. */
    record ConsultRefused(LegId leg, AgentErrorCode why) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.CONSULT_REFUSED;
        }
    }

    /** The third has left a consultation or conference of this agent's call. */
    record PartyLeft(LegId leg) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.PARTY_LEFT;
        }
    }

    /**
     * Another agent gives its call to this one.
     *
     * @param leg the consultation that led to it
     * @param from the other agent
     * @param offer the call
     * @param stays whether the other agent stays, in a conference; else it is a transfer
     * @param startedAt when the call began; it may not become longer by being handed on
     */
    record CallHandedOver(LegId leg, AgentId from, CallOffer offer, boolean stays, Instant startedAt)
            implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.CALL_HANDED_OVER;
        }
    }

    /** The consultation that this agent was asked to has become a conference. */
    record ConferenceJoined(LegId leg) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.CONFERENCE_JOINED;
        }
    }

    /** The conference that this agent was asked to is over. */
    record ConferenceEnded(LegId leg) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.CONFERENCE_ENDED;
        }
    }

    /**
     * The director attaches the agent to a job.
     *
     * @param job the job
     * @param preferred whether the agent serves it first
     * @param needsLine whether its calls go over the agent's nailing; not those dialed by hand
     */
    record JobAttach(JobId job, boolean preferred, boolean needsLine) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.JOB_ATTACH;
        }
    }

    /** The director takes the agent off a job. */
    record JobDetach(JobId job) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.JOB_DETACH;
        }
    }

    /** A job has ended. */
    record JobEnded(JobId job) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.JOB_ENDED;
        }
    }

    /** A supervisor moves the agent to another job, for good. */
    record JobMove(JobId to) implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.JOB_MOVE;
        }
    }

    /** The blender wants the agent at inbound work. */
    record InboundOrdered() implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.INBOUND_ORDERED;
        }
    }

    /** The blender gives the agent back. */
    record OutboundOrdered() implements AgentInput {
        @Override
        public Kind kind() {
            return Kind.OUTBOUND_ORDERED;
        }
    }
}
