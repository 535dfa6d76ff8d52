package io.callisto.director.command;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An order that waits.
 *
 * @param id orders are applied by rising id
 * @param kind such as {@code PAUSE}
 * @param payload a JSON object
 */
public record PendingCommand(long id, String kind, JsonNode payload) {

    /** The id that the payload holds under {@code field}, or empty where it is missing or no id. */
    public OptionalLong idOf(String field) {
        JsonNode value = payload.path(field);
        return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0
                ? OptionalLong.of(value.longValue())
                : OptionalLong.empty();
    }

    /** The text that the payload holds under {@code field}, or null where it is missing or no text. */
    public @Nullable String textOf(String field) {
        JsonNode value = payload.path(field);
        return value.isString() ? value.stringValue() : null;
    }
}
