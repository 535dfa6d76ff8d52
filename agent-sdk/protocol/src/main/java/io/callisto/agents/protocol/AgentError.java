package io.callisto.agents.protocol;

import java.util.Optional;

/**
 * Codes of results and byes. 0 is success, 9007 and 9009 are POM's, 4000 to 4999 our own. A number keeps its meaning
 * for ever; readers treat one that they do not know as {@link #FAILED}.
 */
public enum AgentError {
    OK(0, "OK", false, "Done.", "Nothing."),
    MALFORMED(4001, "Malformed", false, "The frame is no JSON object of a known form.", "Mend the client."),
    UNKNOWN_COMMAND(
            4002,
            "UnknownCommand",
            false,
            "There is no command of that name.",
            "Mend the client, or renew the server."),
    WRONG_ARGUMENT(
            4003,
            "WrongArgument",
            false,
            "An argument is missing, of a wrong type or out of its bounds; the position says which.",
            "Correct it and send the command with a new id."),
    WRONG_STATE(
            4004,
            "WrongState",
            false,
            "The agent, call, job or nail-up is in a state where the command is not allowed.",
            "Offer only what AGTCapabilitiesChanged lists; ask for a snapshot if the desktop disagrees."),
    WRONG_SESSION(
            4005,
            "WrongSession",
            false,
            "The session id names no call of this agent, or no session of agents that still lives.",
            "Take the id of the last notification; log on where the agent session is gone."),
    STALE_ATTACH(
            4006,
            "StaleAttach",
            false,
            "Another connection has attached to the session since.",
            "Stop: the other desktop acts now."),
    ID_REUSED(
            4007,
            "IdReused",
            false,
            "The command id was used before, for another command.",
            "Make ids that are unique in the agent session."),
    NOT_PERMITTED(
            4008,
            "NotPermitted",
            false,
            "The agent may not do this, or it concerns another organisation.",
            "Ask an administrator for the right."),
    CREDENTIALS_EXPIRED(
            4009,
            "CredentialsExpired",
            false,
            "The token is unknown, revoked or expired.",
            "Get a new token and say hello with it; the session waits for the grace time."),
    OTHER_DESKTOP(
            4010,
            "OtherDesktop",
            false,
            "The agent is logged on at another desktop.",
            "Ask the agent; then log on with force."),
    RETRY(
            4011,
            "Retry",
            true,
            "Nobody owns the agent's zone at this moment, or no server is connected. Nothing was done.",
            "Send the command again, with the same id, after POMAvailable."),
    TOO_LARGE(4012, "TooLarge", false, "The frame is longer than 64 KiB.", "Send less."),
    SLOW_READER(
            4013,
            "SlowReader",
            true,
            "The client reads more slowly than the server must tell, so the connection is closed.",
            "Connect and resume; a snapshot follows."),
    UNKNOWN_TARGET(
            4014,
            "UnknownTarget",
            false,
            "There is no such job, agent, destination, code, attribute or zone, or it is not open to this agent.",
            "Choose from the list that the server gives."),
    TOO_MANY_CONSULTS(
            4015,
            "TooManyConsults",
            false,
            "Two consults are pending already.",
            "Wait for one of them to end, or cancel it."),
    NOT_NAILED(4016, "NotNailed", false, "The agent's line is not nailed up.", "Nail up first (AGTReadyForNailup)."),
    NOT_LOGGED_ON(4017, "NotLoggedOn", false, "The agent is not logged on.", "AGTLogon first."),
    LIMIT_REACHED(
            4018,
            "LimitReached",
            false,
            "A limit is reached: extensions of the wrap-up, commands in flight, callbacks in the queue.",
            "Wait, or do without."),
    SERVER_STOPPING(
            4019,
            "ServerStopping",
            true,
            "This server stops or hands its connections over. The session lives on.",
            "Connect to another address and resume."),
    FAILED(
            4099,
            "General_Failure",
            true,
            "The command failed for a reason that is no fault of the desktop.",
            "Send it again with the same id; tell the operator if it stays."),
    MEDIA_SERVER(
            9007,
            "CheckMediaServer",
            true,
            "The media server that the agent's calls need does not work.",
            "Wait: it recovers, or another takes over; then send the command again."),
    MEDIA_UNREACHABLE(
            9009,
            "MediaServerNotReachable",
            true,
            "No media server can be reached.",
            "Wait: it recovers, or another takes over; then send the command again.");

    private final int number;
    private final String title;
    private final boolean passing;
    private final String text;
    private final String whatToDo;

    AgentError(int number, String title, boolean passing, String text, String whatToDo) {
        this.number = number;
        this.title = title;
        this.passing = passing;
        this.text = text;
        this.whatToDo = whatToDo;
    }

    public int number() {
        return number;
    }

    /** One word for it, without spaces. */
    public String title() {
        return title;
    }

    /** Whether the same command, with the same id, may well succeed a little later. */
    public boolean passing() {
        return passing;
    }

    /** What happened, in a sentence. */
    public String text() {
        return text;
    }

    /** What a desktop or its developer should do. */
    public String whatToDo() {
        return whatToDo;
    }

    public static Optional<AgentError> of(int number) {
        for (AgentError error : values()) {
            if (error.number == number) {
                return Optional.of(error);
            }
        }
        return Optional.empty();
    }
}
