package io.callisto.console.cluster;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server.
 *
 * @param state RUNNING, DEGRADED (a service is not as wished), STOPPED or UNREACHABLE
 * @param clockSkewMillis how far its clock is ahead of the database's; the worst of its processes, null: not measured
 * @param clockSkewAlarm whether that is more than allowed. Nothing is decided by these clocks, but logs mislead
 * @param services by name
 */
record ServerEntry(
        @Schema(example = "s1") String server,

        @Schema(allowableValues = {"RUNNING", "DEGRADED", "STOPPED", "UNREACHABLE"})
        String state,

        @Nullable Long clockSkewMillis,
        boolean clockSkewAlarm,
        List<ServiceEntry> services) {}
