package io.callisto.console.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The newest incarnation of a process of a server, as {@code ha_node} has it.
 *
 * @param state of the node
 * @param changedAt when it died, if it did
 * @param heartbeatAgeMillis by the database's clock
 * @param clockSkewMillis how far its clock is ahead of the database's, if it has been measured
 * @param roles scopes that it holds, with the time since when
 */
record NodeRow(
        UUID nodeId,
        String server,
        String process,
        long pid,
        String state,
        List<String> services,
        Map<String, String> endpoints,
        Instant startedAt,
        @Nullable Instant changedAt,
        long heartbeatAgeMillis,
        @Nullable Long clockSkewMillis,
        Map<String, Instant> roles) {}
