package io.callisto.domain.agent;

import io.callisto.domain.agent.AgentCall.Role;

/**
 * What an agent's call state is after its zone had no agent manager, by what the new one finds: the requirements' table
 * AM-6 as data. A row per call state; an agent that is attached to no job keeps its call state.
 */
public enum FailoverTable {
    IDLE_ROW(CallState.IDLE, Cell.IDLE),
    TALKING_ROW(CallState.TALKING, Cell.TALKING, Cell.WRAPUP, Cell.WRAPUP),
    WRAPUP_ROW(CallState.WRAPUP, Cell.WRAPUP),
    HELD_ROW(CallState.HELD, Cell.HELD, Cell.WRAPUP, Cell.WRAPUP),
    CONSULT_ROW(CallState.CONSULT, Cell.CONSULT, Cell.BY_ROLE, Cell.BY_ROLE),
    CONFERENCE_OWNER_ROW(CallState.CONFERENCE_OWNER, Cell.CONFERENCE_OWNER, Cell.WRAPUP, Cell.WRAPUP),
    CONFERENCE_PASSIVE_ROW(CallState.CONFERENCE_PASSIVE, Cell.CONFERENCE_PASSIVE, Cell.IDLE, Cell.PREVIEW),
    PREVIEW_ROW(CallState.PREVIEW, Cell.PREVIEW, Cell.IDLE, Cell.PREVIEW),
    DIALING_ROW(CallState.DIALING, Cell.BY_TRUE_STATE, Cell.WRAPUP, Cell.WRAPUP),
    CALLBACK_ROW(CallState.CALLBACK, Cell.CALLBACK),
    PENDING_CALL_ROW(CallState.PENDING_CALL, Cell.IDLE);

    /** What a cell may say. */
    public enum Cell {
        IDLE(CallState.IDLE),
        TALKING(CallState.TALKING),
        WRAPUP(CallState.WRAPUP),
        HELD(CallState.HELD),
        CONSULT(CallState.CONSULT),
        CONFERENCE_OWNER(CallState.CONFERENCE_OWNER),
        CONFERENCE_PASSIVE(CallState.CONFERENCE_PASSIVE),
        PREVIEW(CallState.PREVIEW),
        CALLBACK(CallState.CALLBACK),
        /** Who owns the call wraps it up, who was asked to help is free. */
        BY_ROLE(CallState.WRAPUP, CallState.IDLE, CallState.WRAPUP),
        /** A call that still rings is decided by its answer or its deadline, as if nothing had happened. */
        BY_TRUE_STATE(CallState.TALKING, CallState.TALKING, CallState.DIALING);

        private final CallState owner;
        private final CallState passive;
        private final CallState unanswered;

        Cell(CallState after) {
            this(after, after, after);
        }

        Cell(CallState owner, CallState passive, CallState unanswered) {
            this.owner = owner;
            this.passive = passive;
            this.unanswered = unanswered;
        }

        /** The state after it for whoever owns the call, or where the call is not shared. */
        public CallState owner() {
            return owner;
        }

        /** The same for whoever was asked to help. */
        public CallState passive() {
            return passive;
        }

        /** The same while the customer's phone rings. */
        public CallState unanswered() {
            return unanswered;
        }

        CallState of(FailoverFacts facts) {
            if (facts.customer() == FailoverFacts.Customer.RINGING) {
                return unanswered;
            }
            return facts.role() == Role.OWNER ? owner : passive;
        }
    }

    private final CallState before;
    private final Cell connectedNailed;
    private final Cell connectedUnnailed;
    private final Cell disconnectedNailed;

    FailoverTable(CallState before, Cell all) {
        this(before, all, all, all);
    }

    FailoverTable(CallState before, Cell connectedNailed, Cell connectedUnnailed, Cell disconnectedNailed) {
        this.before = before;
        this.connectedNailed = connectedNailed;
        this.connectedUnnailed = connectedUnnailed;
        this.disconnectedNailed = disconnectedNailed;
    }

    /** The call state of this row. */
    public CallState before() {
        return before;
    }

    /** Customer still connected, agent nailed. */
    public Cell connectedNailed() {
        return connectedNailed;
    }

    /** Agent un-nailed; the customer's side makes no difference then. */
    public Cell connectedUnnailed() {
        return connectedUnnailed;
    }

    /** Customer disconnected, agent nailed. */
    public Cell disconnectedNailed() {
        return disconnectedNailed;
    }

    /** The call state after a failover. */
    public static CallState after(CallState before, FailoverFacts facts) {
        return facts.attached() ? row(before).cell(facts).of(facts) : before;
    }

    /** The row of a call state. */
    public static FailoverTable row(CallState before) {
        return switch (before) {
            case IDLE -> IDLE_ROW;
            case TALKING -> TALKING_ROW;
            case HELD -> HELD_ROW;
            case DIALING -> DIALING_ROW;
            case PREVIEW -> PREVIEW_ROW;
            case WRAPUP -> WRAPUP_ROW;
            case CALLBACK -> CALLBACK_ROW;
            case CONSULT -> CONSULT_ROW;
            case CONFERENCE_OWNER -> CONFERENCE_OWNER_ROW;
            case CONFERENCE_PASSIVE -> CONFERENCE_PASSIVE_ROW;
            case PENDING_CALL -> PENDING_CALL_ROW;
        };
    }

    private Cell cell(FailoverFacts facts) {
        if (!facts.nailed()) {
            return connectedUnnailed;
        }
        return facts.customer() == FailoverFacts.Customer.GONE ? disconnectedNailed : connectedNailed;
    }
}
