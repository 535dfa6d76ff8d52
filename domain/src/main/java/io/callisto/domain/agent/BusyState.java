package io.callisto.domain.agent;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an agent may be in the middle of: who is expected to end it, until when, and what is done if nobody
 * does. A session in none of these is at rest.
 */
public enum BusyState {
    DESKTOP_AWAITED(Owner.DESKTOP, "grace of a desktop", "forced logout; with a customer on the line after the call"),
    NAILING(Owner.PHONE, "answer limit", "tried again if it is our own try, else given up: NOT_NAILED, detached"),
    NAIL_LOST(Owner.AGENT_MANAGER, "pause between tries", "the phone is rung again; after the last try as NAILING"),
    MEDIA_SILENT(Owner.GATEWAY, "patience with a gateway", "nailing LOST, the call to wrap-up, nailed up elsewhere"),
    PENDING_CALL(Owner.GATEWAY, "bridge limit", "the call is given back: another agent, or nuisance past its limit"),
    PREVIEW(Owner.AGENT, "preview limit", "timed: dialed; else given back, and the agent is NOT_READY"),
    CALLBACK(Owner.AGENT, "expiry of the callback", "given back"),
    DIALING(Owner.GATEWAY, "ring limit", "dialing is cancelled, wrap-up"),
    TALKING(Owner.AGENT, "longest call", "the customer is released, wrap-up"),
    HELD(Owner.AGENT, "longest call", "the customer is released, wrap-up"),
    CONSULT_UNANSWERED(Owner.THIRD_PARTY, "answer limit of a consultation", "back to the customer"),
    CONSULT(Owner.AGENT, "longest call", "owner: as TALKING; passive: leaves"),
    CONFERENCE_OWNER(Owner.AGENT, "longest call", "as TALKING; the third leaves"),
    CONFERENCE_PASSIVE(Owner.AGENT, "longest call", "leaves"),
    WRAPUP(Owner.AGENT, "wrap-up limit and its extensions", "the default completion code"),
    PENDING_NOT_READY(Owner.CALL, "as the call", "NOT_READY after the call"),
    PENDING_LOGOUT(Owner.CALL, "as the call", "LOGGED_OUT after the call"),
    JOB_END(Owner.CALL, "as the call", "NOT_ATTACHED after the call"),
    PENDING_INBOUND(Owner.CALL, "as the call", "JOB_INBOUND or JOB_MANUAL_INBOUND after the call"),
    PENDING_MANUAL_JOB_MOVEMENT(Owner.CALL, "as the call", "attached to the other job after the call"),
    PENDING_JOB_ATTACH(Owner.CALL, "as the call, else as the nailing", "attached, or NOT_ATTACHED if not nailed up");

    /** Who is expected to end a busy state. */
    public enum Owner {
        AGENT,
        DESKTOP,
        /** The agent's phone. */
        PHONE,
        GATEWAY,
        THIRD_PARTY,
        AGENT_MANAGER,
        /** Another busy state of the same session: its end is the end of this one. */
        CALL
    }

    private final Owner owner;
    private final String limit;
    private final String atDeadline;

    BusyState(Owner owner, String limit, String atDeadline) {
        this.owner = owner;
        this.limit = limit;
        this.atDeadline = atDeadline;
    }

    /** Who is expected to end it. */
    public Owner owner() {
        return owner;
    }

    /** What sets the deadline. */
    public String limit() {
        return limit;
    }

    /** What is done at the deadline. */
    public String atDeadline() {
        return atDeadline;
    }

    /** All that a session is in the middle of; empty: it is at rest. */
    public static Set<BusyState> of(AgentSession session) {
        EnumSet<BusyState> all = EnumSet.noneOf(BusyState.class);
        add(all, session.desktop().deadline() != null ? DESKTOP_AWAITED : null);
        add(all, ofNailing(session.nailing()));
        add(all, ofCall(session.work().state()));
        AgentCall call = session.work().call();
        boolean unanswered =
                call != null && call.party() != null && !call.party().joined();
        add(all, unanswered ? CONSULT_UNANSWERED : null);
        add(all, ofReadiness(session.presence().state()));
        add(all, ofJob(session.tie().state()));
        return all;
    }

    private static void add(Set<BusyState> all, @Nullable BusyState one) {
        if (one != null) {
            all.add(one);
        }
    }

    private static @Nullable BusyState ofNailing(AgentSession.Nailing nailing) {
        return switch (nailing.state()) {
            case NOT_NAILED -> null;
            case NAILING -> NAILING;
            case LOST -> NAIL_LOST;
            case NAILED -> nailing.media() == AgentSession.Media.OK ? null : MEDIA_SILENT;
        };
    }

    private static @Nullable BusyState ofCall(CallState state) {
        return switch (state) {
            case IDLE -> null;
            case TALKING -> TALKING;
            case HELD -> HELD;
            case DIALING -> DIALING;
            case PREVIEW -> PREVIEW;
            case WRAPUP -> WRAPUP;
            case CALLBACK -> CALLBACK;
            case CONSULT -> CONSULT;
            case CONFERENCE_OWNER -> CONFERENCE_OWNER;
            case CONFERENCE_PASSIVE -> CONFERENCE_PASSIVE;
            case PENDING_CALL -> PENDING_CALL;
        };
    }

    private static @Nullable BusyState ofReadiness(AgentState state) {
        return switch (state) {
            case PENDING_NOT_READY -> PENDING_NOT_READY;
            case PENDING_LOGOUT -> PENDING_LOGOUT;
            case LOGGED_OUT, READY, NOT_READY -> null;
        };
    }

    private static @Nullable BusyState ofJob(AgentJobState state) {
        return switch (state) {
            case JOB_END -> JOB_END;
            case PENDING_INBOUND -> PENDING_INBOUND;
            case PENDING_MANUAL_JOB_MOVEMENT -> PENDING_MANUAL_JOB_MOVEMENT;
            case PENDING_JOB_ATTACH -> PENDING_JOB_ATTACH;
            case NOT_ATTACHED, JOB_ATTACHED, JOB_INBOUND, JOB_MANUAL_INBOUND -> null;
        };
    }

    /** Until when it must have ended, in a session that is in it; null only where that is not so. */
    public @Nullable Instant deadline(AgentSession session) {
        AgentCall call = session.work().call();
        return switch (this) {
            case DESKTOP_AWAITED -> session.desktop().deadline();
            case NAILING, NAIL_LOST, MEDIA_SILENT -> session.nailing().deadline();
            case CONSULT_UNANSWERED ->
                call == null || call.party() == null ? null : call.party().deadline();
            case PENDING_JOB_ATTACH ->
                session.work().deadline() == null
                        ? session.nailing().deadline()
                        : session.work().deadline();
            case PENDING_CALL,
                    PREVIEW,
                    CALLBACK,
                    DIALING,
                    TALKING,
                    HELD,
                    CONSULT,
                    CONFERENCE_OWNER,
                    CONFERENCE_PASSIVE,
                    WRAPUP,
                    PENDING_NOT_READY,
                    PENDING_LOGOUT,
                    JOB_END,
                    PENDING_INBOUND,
                    PENDING_MANUAL_JOB_MOVEMENT -> session.work().deadline();
        };
    }
}
