package io.callisto.console.cluster;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A service on a server.
 *
 * @param state what it is doing
 * @param role what it is, in the words of POM's tables
 * @param since when it got into the state, as far as that is known
 * @param scopes what it owns
 * @param wish what the administrator wants it to be
 * @param endpoint where it listens
 * @param heartbeatAgeMillis how long ago its process was heard
 */
record ServiceEntry(
        @Schema(example = "s1") String server,
        @Schema(example = "campaign-director") String service,
        @Schema(example = "server") @Nullable String process,
        @Schema(example = "4711") @Nullable Long pid,
        ServiceState state,
        ServiceRole role,
        @Nullable Instant since,
        @Schema(example = "[\"director\",\"director/0\"]") List<String> scopes,
        Wish wish,
        @Schema(example = "127.0.0.1:7400") @Nullable String endpoint,
        @Nullable UUID nodeId,
        @Nullable Long heartbeatAgeMillis) {}
