package io.callisto.director.command;

import org.jspecify.annotations.Nullable;

/**
 * What became of an order.
 *
 * @param state state of the thing afterwards; null where the order is refused
 * @param refusal why it is refused; null where it is applied
 */
public record CommandOutcome(
        @Nullable String state, @Nullable String refusal) {

    public static CommandOutcome applied(String state) {
        return new CommandOutcome(state, null);
    }

    public static CommandOutcome refused(String why) {
        return new CommandOutcome(null, why);
    }
}
