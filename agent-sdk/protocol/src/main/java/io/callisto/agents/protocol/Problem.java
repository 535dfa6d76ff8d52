package io.callisto.agents.protocol;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a frame was not understood. Names places and rules, never values, which may be personal.
 *
 * @param error what kind of fault it is
 * @param id of the command, where one could be read
 * @param name of the command or frame, where one could be read
 * @param position a JSON pointer into the frame, or line and column where it is no JSON
 * @param text what is wrong there
 */
public record Problem(
        AgentError error, @Nullable String id, @Nullable String name, String position, String text) {
    public Problem {
        Objects.requireNonNull(error, "error");
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(text, "text");
    }

    /** What a server answers: a result where there is a command to answer to, else AGTInvalidCommandName. */
    public ServerFrame answer() {
        if (id != null) {
            return new ServerFrame.Result(id, name == null ? "" : name, error.number(), text, position, null);
        }
        return new ServerFrame.Notify(
                0,
                0,
                AgentNotification.AGT_INVALID_COMMAND_NAME.text(),
                new NotificationData.InvalidCommand(name, error.number(), text, position));
    }
}
