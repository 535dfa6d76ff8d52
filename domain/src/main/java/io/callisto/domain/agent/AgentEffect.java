package io.callisto.domain.agent;

import io.callisto.domain.AttemptId;
import io.callisto.domain.JobId;
import io.callisto.domain.PhoneNumber;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done once a session is saved. Effects on the gateway name legs by ids that are used once, so a repeated
 * effect does nothing more.
 */
public sealed interface AgentEffect {

    /** Which one it is. */
    Kind kind();

    /** Kinds of effect. */
    enum Kind {
        NAIL_UP,
        DROP_NAILING,
        ON_CALL,
        BRIDGE,
        DIAL,
        SEND_DTMF,
        DIAL_PARTY,
        JOIN_AGENT,
        ON_PARTY,
        CHANGE_OWNER,
        TELL,
        NOTIFY,
        SUPERSEDE_DESKTOP,
        STATE_MOVED,
        WRAP_UP,
        RETURN_CALL,
        ASSIGN_AGAIN,
        BLEND,
        CREATE_CALLBACK,
        SET_CUSTOMER_DETAIL,
        ADD_NOTE,
        ADD_TO_DNC,
        BOOK_HA_TIME,
        REPORT_MISMATCH,
        ANSWER
    }

    /** Ring the agent's phone; the gateway is chosen by whoever carries it out. */
    record NailUp(LegId leg, String extension, Duration limit) implements AgentEffect {
        @Override
        public Kind kind() {
            return Kind.NAIL_UP;
        }
    }

    /** Hang up the agent's phone, ringing or not; also where the gateway has lost it already. */
    record DropNailing(LegId leg) implements AgentEffect {
        @Override
        public Kind kind() {
            return Kind.DROP_NAILING;
        }
    }

    /** What is done to a customer's leg and says nothing more. */
    enum CallAction {
        HOLD,
        UNHOLD,
        /** Hang up, ringing or answered: while we decide, a ringing customer may answer. */
        RELEASE,
        /** Take back a connection that did not come about; the customer stays. */
        UNBRIDGE,
        /** Tell again that the customer has hung up, if so: it may have been told to whoever had the call before. */
        CONFIRM
    }

    /** Do something to the customer's leg. */
    record OnCall(CallAction action, CallId call) implements AgentEffect {
        @Override
        public Kind kind() {
            return Kind.ON_CALL;
        }
    }

    /** Connect customer and agent. */
    record Bridge(CallId call, LegId agentLeg) implements AgentEffect {
        @Override
        public Kind kind() {
            return Kind.BRIDGE;
        }
    }

    /** Call the customer for this agent. */
    record Dial(CallId call, AttemptId attempt, PhoneNumber number, Duration limit) implements AgentEffect {
        @Override
        public Kind kind() {
            return Kind.DIAL;
        }
    }

    /** Tones to the customer. */
    record SendDtmf(CallId call, String digits) implements AgentEffect {
        @Override
        public Kind kind() {
            return Kind.SEND_DTMF;
        }
    }

    /** Call a number outside and connect it with the agent. */
    record DialParty(LegId leg, PhoneNumber number, LegId agentLeg, Duration limit) implements AgentEffect {
        @Override
        public Kind kind() {
            return Kind.DIAL_PARTY;
        }
    }

    /** Connect this agent, who was asked, with the one who asked; {@code leg} names the consultation. */
    record JoinAgent(LegId leg, LegId askerLeg, LegId agentLeg) implements AgentEffect {
        @Override
        public Kind kind() {
            return Kind.JOIN_AGENT;
        }
    }

    /** What is done to a consultation or conference. */
    enum PartyAction {
        /** Separate the third. */
        DROP,
        /** Connect the customer with the third, without this agent. */
        TRANSFER,
        /** Connect all three. */
        CONFERENCE
    }

    /** Do something to a consultation or conference. */
    record OnParty(PartyAction action, LegId leg, CallId call) implements AgentEffect {
        @Override
        public Kind kind() {
            return Kind.ON_PARTY;
        }
    }

    /** The conference's end is another agent's to decide now. */
    record ChangeOwner(CallId call, AgentId owner) implements AgentEffect {
        @Override
        public Kind kind() {
            return Kind.CHANGE_OWNER;
        }
    }

    /** Give an input to another agent's session, of this zone or another. */
    record Tell(AgentId other, AgentInput input) implements AgentEffect {
        @Override
        public Kind kind() {
            return Kind.TELL;
        }
    }

    /** Tell the desktop. */
    record Notify(long sequence, AgentNotice notice) implements AgentEffect {
        @Override
        public Kind kind() {
            return Kind.NOTIFY;
        }
    }

    /** Another desktop has the session now: tell the one with this number, and hear it no more. */
    record SupersedeDesktop(long attachNo) implements AgentEffect {
        @Override
        public Kind kind() {
            return Kind.SUPERSEDE_DESKTOP;
        }
    }

    /** What an event of topic AGENT says has changed. */
    enum Change {
        LOGIN,
        LOGOUT,
        AGENT_STATE,
        CALL_STATE,
        JOB_STATE,
        NAIL_STATE
    }

    /**
     * Write an event.
     *
     * @param change what moved
     * @param after the four states as they are after this move
     * @param job one of the jobs that the agent is attached to: that of its call, else the first; null: none
     * @param attempt the attempt whose call it has; null: none
     * @param reasonCode with readiness only, where there is one
     * @param code with the end of wrap-up only
     */
    record StateMoved(
            Change change,
            States after,
            @Nullable JobId job,
            @Nullable AttemptId attempt,
            @Nullable String reasonCode,
            @Nullable Disposition code)
            implements AgentEffect {
        @Override
        public Kind kind() {
            return Kind.STATE_MOVED;
        }
    }

    /** The four states. */
    record States(AgentState agent, CallState call, AgentJobState job, NailState nail) {}

    /** The attempt is done: this is how it went. */
    record WrapUp(AttemptId attempt, CallId call, Disposition code) implements AgentEffect {
        @Override
        public Kind kind() {
            return Kind.WRAP_UP;
        }
    }

    /**
     * This agent does not work the call after all.
     *
     * @param offer the call
     * @param customerWaits whether the customer is on the line: another agent is to be found; else the contact goes
     *     back to the job
     */
    record ReturnCall(CallOffer offer, boolean customerWaits) implements AgentEffect {
        @Override
        public Kind kind() {
            return Kind.RETURN_CALL;
        }
    }

    /** The agent lost its jobs with its nailing; it is to be assigned again as the jobs need it. */
    record AssignAgain(List<JobId> jobs, @Nullable JobId preferred) implements AgentEffect {
        public AssignAgain {
            jobs = List.copyOf(jobs);
        }

        @Override
        public Kind kind() {
            return Kind.ASSIGN_AGAIN;
        }
    }

    /** The agent goes to inbound work, or is back. */
    record Blend(boolean toInbound) implements AgentEffect {
        @Override
        public Kind kind() {
            return Kind.BLEND;
        }
    }

    /** Keep the promise to call back. */
    record CreateCallback(AttemptId attempt, CallbackWish wish) implements AgentEffect {
        @Override
        public Kind kind() {
            return Kind.CREATE_CALLBACK;
        }
    }

    /** Change a datum of the contact. */
    record SetCustomerDetail(AttemptId attempt, String name, String value) implements AgentEffect {
        @Override
        public Kind kind() {
            return Kind.SET_CUSTOMER_DETAIL;
        }
    }

    /** Add a note to the contact. */
    record AddNote(AttemptId attempt, String note) implements AgentEffect {
        @Override
        public Kind kind() {
            return Kind.ADD_NOTE;
        }
    }

    /** Put numbers on the do-not-call list. */
    record AddToDnc(List<PhoneNumber> numbers) implements AgentEffect {
        @Override
        public Kind kind() {
            return Kind.ADD_TO_DNC;
        }
    }

    /** Add to the agent's <em>Total HA time</em>. */
    record BookHaTime(long millis) implements AgentEffect {
        @Override
        public Kind kind() {
            return Kind.BOOK_HA_TIME;
        }
    }

    /** Log that desktop and manager see different things. */
    record ReportMismatch(AgentStatus ours, AgentStatus before, AgentStatus desktops) implements AgentEffect {
        @Override
        public Kind kind() {
            return Kind.REPORT_MISMATCH;
        }
    }

    /** Answer a question with data. */
    record Answer(AgentCommand.Query query) implements AgentEffect {
        @Override
        public Kind kind() {
            return Kind.ANSWER;
        }
    }
}
