package io.callisto.domain.agent;

/** An agent's state as POM's pages and reports show it: readiness and call state in one word. */
public enum AgentView {
    LOGGED_OUT,
    READY,
    NOT_READY,
    PENDING_NOT_READY,
    PENDING_LOGOUT,
    BUSY,
    /** After the call, until the agent has said how it went. */
    WORK_NOT_READY;

    /** The view of the two states; a pending wish is shown rather than the call that it waits for. */
    public static AgentView of(AgentState agent, CallState call) {
        return switch (agent) {
            case LOGGED_OUT -> LOGGED_OUT;
            case NOT_READY -> NOT_READY;
            case PENDING_NOT_READY -> PENDING_NOT_READY;
            case PENDING_LOGOUT -> PENDING_LOGOUT;
            case READY ->
                switch (call) {
                    case IDLE -> READY;
                    case WRAPUP -> WORK_NOT_READY;
                    case TALKING,
                            HELD,
                            DIALING,
                            PREVIEW,
                            CALLBACK,
                            CONSULT,
                            CONFERENCE_OWNER,
                            CONFERENCE_PASSIVE,
                            PENDING_CALL -> BUSY;
                };
        };
    }
}
