package io.callisto.domain.agent;

/**
 * Why a command is refused. 9007 and 9009 are POM's numbers for the same; the others are ours, from 7001.
 */
public enum AgentErrorCode {
    WRONG_STATE(7001, "Not possible in this state."),
    STALE_SESSION(7002, "The command names another session."),
    STALE_ATTACH(7003, "Another desktop has taken over the session."),
    WRONG_CALL(7004, "The command names a call that the agent does not have."),
    ALREADY_LOGGED_ON(7005, "The agent is logged on already; log on with force to take the session over."),
    NOT_LOGGED_ON(7006, "The agent is not logged on."),
    NOT_NAILED(7007, "The agent is not nailed up."),
    OTHER_ZONE(7008, "The agent is logged on in another zone."),
    OTHER_ORGANISATION(7009, "The agent belongs to another organisation."),
    UNKNOWN_JOB(7010, "The agent is not attached to this job."),
    TOO_MANY_JOBS(7011, "The agent is attached to as many jobs as an agent may be."),
    NOT_PERMITTED(7012, "The campaign or the agent's part in the call does not permit it."),
    CONSULT_LIMIT(7013, "As many consultations wait for this agent as may wait."),
    CONSULT_NOT_ANSWERED(7014, "The consulted party has not answered yet."),
    EXTENSION_LIMIT(7015, "Wrap-up cannot be extended any more."),
    REDIAL_LIMIT(7016, "The contact cannot be dialed again any more."),
    NO_NUMBER(7017, "There is no number to dial."),
    UNKNOWN_COMPLETION_CODE(7018, "The campaign does not have this completion code."),
    NOT_ASSIGNABLE(7019, "The agent does not take work now."),
    NO_ANSWER(7020, "The consulted party did not answer."),
    BAD_ARGUMENT(7021, "An argument is missing or malformed."),
    UNKNOWN_COMMAND(7022, "There is no such command."),
    RETRY(7023, "The zone is changing its agent manager; nothing was done. Send the command again."),
    MEDIA_CONTROL_GONE(9007, "System error. Please check media server."),
    MEDIA_NOT_REACHABLE(9009, "System error. Media server not reachable.");

    private final int number;
    private final String text;

    AgentErrorCode(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** What a response carries; 0 there means that all went well. */
    public int number() {
        return number;
    }

    /** What a desktop shows, in English. */
    public String text() {
        return text;
    }
}
