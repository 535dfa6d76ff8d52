package io.callisto.agents.protocol;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a desktop must know to find its servers and its script. Told at login and whenever it changes. */
public record DesktopAddresses(
        @Described(value = "WebSocket addresses of all agent-sdk services, best first.", max = 512)
        List<String> servers,

        @Described(
                value = "Address of the agent manager that owns each zone now; a zone without an owner is not there.")
        Map<String, String> zones,

        @Described("Addresses of the agent script.") @Nullable
        Scripts scripts) {
    public DesktopAddresses {
        servers = List.copyOf(servers);
        zones = Map.copyOf(zones);
    }

    /** Both addresses of the agent script. */
    public record Scripts(
            @Described(value = "Primary address.", max = 2000)
            String primary,

            @Described(value = "Auxiliary address, for when the primary does not answer.", max = 2000) @Nullable
            String auxiliary) {}
}
