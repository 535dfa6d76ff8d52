package io.callisto.agents.client;

import io.callisto.agents.protocol.AgentError;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a command was not done. */
public final class CommandRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final @Nullable String position;

    CommandRefused(String command, int code, String text, @Nullable String position) {
        super(command + ": " + text + " (" + code + ")");
        this.code = code;
        this.position = position;
    }

    CommandRefused(String command, AgentError error, String text) {
        this(command, error.number(), text, null);
    }

    /** Number of the error, as the server gave it. */
    public int code() {
        return code;
    }

    /** The error; {@link AgentError#FAILED} for a number that this version does not know. */
    public AgentError error() {
        return AgentError.of(code).orElse(AgentError.FAILED);
    }

    /** Where the command is wrong: a JSON pointer into its frame. */
    public Optional<String> position() {
        return Optional.ofNullable(position);
    }
}
