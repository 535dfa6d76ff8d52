package io.callisto.domain.agent;

import io.callisto.domain.JobId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a desktop is told. One record per notification, with its name in the protocol. */
public sealed interface AgentNotice {

    /** The notification's name in the protocol. */
    String protocolName();

    /** Readiness has changed. */
    record StateChanged(AgentState state, @Nullable String reasonCode) implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTStateChangedNotify";
        }
    }

    /** The call state has changed. */
    record CallStateChanged(
            CallState state,
            @Nullable CallId call,
            @Nullable Instant until) implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTCallStateChangedNotify";
        }
    }

    /** The nailing has changed; {@code confirm}: the desktop is to answer with AGTReadyForNailup. */
    record NailupChanged(NailState state, boolean confirm) implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTNailupChange";
        }
    }

    /** What the agent may do now. */
    record CapabilitiesChanged(Set<AgentCommand.Kind> allowed) implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTCapabilitiesChanged";
        }
    }

    /** The agent works for a job now. */
    record JobAttached(JobId job) implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTJobAttached";
        }
    }

    /** The agent does not work for a job any more. */
    record JobDetached(JobId job) implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTJobDetached";
        }
    }

    /** A call, or a contact to be called. */
    record CallNotified(CallOffer offer) implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTCallNotify";
        }
    }

    /** The call ended without the agent's doing; {@code missed}: while the zone had no agent manager. */
    record AutoReleased(CallId call, boolean missed, Instant wrapUpUntil) implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTAutoReleaseLine";
        }
    }

    /** The customer was not reached. */
    record DialFailed(CallId call, Disposition reason) implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTDialFailed";
        }
    }

    /** The call goes on under another id. */
    record CallIdChanged(CallId before, CallId after) implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTSessionIDChange";
        }
    }

    /** Another agent consults this one. */
    record ConsultNotified(AgentId from, CallOffer offer) implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTConsultNotify";
        }
    }

    /** A consultation is over; {@code leg} names it. */
    record ConsultCancelled(LegId leg) implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTConsultCancelled";
        }
    }

    /** Another agent waits to consult this one. */
    record ConsultPending(AgentId from, CallOffer offer) implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTConsultPending";
        }
    }

    /** The consulted party is there. */
    record PendingConsultComplete(LegId leg) implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTPendingConsultComplete";
        }
    }

    /** The consulted agent is busy; waiting can be given up. */
    record EnableCancelConsult(LegId leg) implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTEnableCancelConsult";
        }
    }

    /** The consulted party will not come. */
    record ConsultDialFailed(LegId leg, AgentErrorCode why) implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTConsultDialFailed";
        }
    }

    /** The call was transferred to this agent. */
    record TransferNotified(AgentId from, CallOffer offer) implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTTransferNotify";
        }
    }

    /** The consultation has become a conference. */
    record ConferenceNotified(CallOffer offer) implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTConferenceNotify";
        }
    }

    /** The conference is over. */
    record ConferenceOver(CallId call) implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTConferenceEnded";
        }
    }

    /** The conference is another agent's now, or this one's. */
    record ConferenceOwnershipChanged(CallId call, boolean owner) implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTConferenceOwnershipChanged";
        }
    }

    /** A callback of this agent is due. */
    record PreviewCallbackPending(CallOffer offer, Instant due) implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTPreviewCallbackPending";
        }
    }

    /** The callback is not to be called now. */
    record PreviewCallbackCancelled(CallId call) implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTPreviewCallbackCancelled";
        }
    }

    /** A datum of the contact has changed. */
    record CustomerDetailsChanged(String name, CallId call) implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTCustomerDetailsChanged";
        }
    }

    /** The agent serves inbound calls now. */
    record BlendedToInbound() implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTBlendedToInbound";
        }
    }

    /** The agent is back from inbound calls. */
    record BlendedToOutbound() implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTBlendedToOutbound";
        }
    }

    /** The session was ended for the agent. */
    record LoggedOut(String reason) implements AgentNotice {
        @Override
        public String protocolName() {
            return "AGTAgentLoggedOut";
        }
    }

    /** The zone has an agent manager again. */
    record PomAvailable() implements AgentNotice {
        @Override
        public String protocolName() {
            return "POMAvailable";
        }
    }

    /** The desktop is to tell its view. */
    record GetAgentStatus() implements AgentNotice {
        @Override
        public String protocolName() {
            return "GetAgentStatus";
        }
    }
}
