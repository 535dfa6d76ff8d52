package io.callisto.drills.history;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who holds a scope.
 *
 * @param server null where nobody does
 * @param process such as {@code server} or {@code rule-engine}
 * @param held whether the lease is held and not expired
 */
public record Owner(
        String scope,
        long epoch,
        @Nullable UUID node,
        @Nullable String server,
        @Nullable String process,
        boolean held) {

    /** Name of the process as a drill target knows it; empty where nobody holds the scope. */
    public String processName() {
        return server == null ? "" : server + "-" + process;
    }
}
