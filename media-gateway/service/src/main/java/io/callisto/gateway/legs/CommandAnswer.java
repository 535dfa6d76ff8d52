package io.callisto.gateway.legs;

import io.callisto.gateway.v1.CommandResult;
import java.util.List;

/**
 * What became of commands.
 *
 * @param results in their order
 */
public record CommandAnswer(List<CommandResult> results, long highestEpoch) {
    public CommandAnswer {
        results = List.copyOf(results);
    }
}
