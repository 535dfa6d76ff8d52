package io.callisto.agents.client;

import io.callisto.agents.protocol.AgentNotification;
import io.callisto.agents.protocol.AgentState;
import io.callisto.agents.protocol.AgentView;
import io.callisto.agents.protocol.CallState;
import io.callisto.agents.protocol.ClientFrame;
import io.callisto.agents.protocol.JobState;
import io.callisto.agents.protocol.NailupStatus;
import io.callisto.agents.protocol.NotificationData;
import io.callisto.agents.protocol.ServerFrame;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a desktop shows of its agent, in the server's own words, as far as a new owner asks for it. */
record DesktopView(
        String agentState,
        String callState,
        String jobState,
        String nailupStatus,
        @Nullable String sessionId) {
    static final DesktopView EMPTY = new DesktopView(
            AgentState.LOGOUT.text(),
            CallState.NO_STATE.text(),
            JobState.JOB_DETACHED.text(),
            NailupStatus.NOT_NAILED_UP.text(),
            null);

    static DesktopView of(AgentView state) {
        AgentView.Call call = state.call();
        return new DesktopView(
                state.agentState(),
                state.callState(),
                state.jobState(),
                state.nailupStatus(),
                call == null ? null : call.sessionId());
    }

    /** After a notification. */
    DesktopView after(ServerFrame.Notify notify) {
        Record data = notify.data();
        AgentNotification kind = AgentNotification.of(notify.name()).orElse(null);
        if (kind == null || data == null) {
            return this;
        }
        return switch (kind) {
            case AGT_STATE_CHANGED_NOTIFY ->
                with(data, NotificationData.AgentStateChange.class, change -> agent(change.agentState()));
            case AGT_CALL_STATE_CHANGED_NOTIFY -> with(data, NotificationData.CallStateChange.class, this::call);
            case AGT_NAILUP_CHANGE ->
                with(data, NotificationData.NailupChange.class, change -> nailup(change.nailupStatus()));
            case CAL_JOB_STATE_CHANGED ->
                with(data, NotificationData.JobStateChange.class, change -> job(change.jobState()));
            case AGT_JOB_ATTACHED -> job(JobState.JOB_ATTACHED.text());
            case AGT_CALL_NOTIFY,
                    AGT_CONSULT_NOTIFY,
                    AGT_TRANSFER_NOTIFY,
                    AGT_CONFERENCE_NOTIFY,
                    AGT_CONFERENCE_OWNERSHIP_CHANGED ->
                with(data, NotificationData.CallArrived.class, call -> session(call.sessionId()));
            case AGT_SESSION_ID_CHANGE ->
                with(
                        data,
                        NotificationData.SessionIdChange.class,
                        change -> change.oldSessionId().equals(sessionId) ? session(change.newSessionId()) : this);
            case AGT_AGENT_LOGGED_OUT -> EMPTY;
            default -> this;
        };
    }

    /** After the result of a logon. */
    DesktopView agent(String state) {
        return new DesktopView(state, callState, jobState, nailupStatus, sessionId);
    }

    ClientFrame.Status answer(long asked) {
        return new ClientFrame.Status(asked, agentState, callState, jobState, nailupStatus, sessionId);
    }

    private static <T extends Record> DesktopView with(Record data, Class<T> type, Function<T, DesktopView> change) {
        return change.apply(type.cast(data));
    }

    private DesktopView call(NotificationData.CallStateChange change) {
        String state = change.callState();
        boolean gone = state.equals(CallState.IDLE.text()) || state.equals(CallState.NO_STATE.text());
        String call = gone ? null : change.sessionId() == null ? sessionId : change.sessionId();
        return new DesktopView(agentState, state, jobState, nailupStatus, call);
    }

    private DesktopView nailup(String status) {
        return new DesktopView(agentState, callState, jobState, status, sessionId);
    }

    private DesktopView job(String state) {
        return new DesktopView(agentState, callState, state, nailupStatus, sessionId);
    }

    private DesktopView session(String call) {
        return new DesktopView(agentState, callState, jobState, nailupStatus, call);
    }
}
