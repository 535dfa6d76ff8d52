package io.callisto.console.cluster;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * A server.
 *
 * @param state RUNNING, DEGRADED (a service is not as wished), STOPPED or UNREACHABLE
 * @param services by name
 */
record ServerEntry(
        @Schema(example = "s1") String server,

        @Schema(allowableValues = {"RUNNING", "DEGRADED", "STOPPED", "UNREACHABLE"})
        String state,

        List<ServiceEntry> services) {}
