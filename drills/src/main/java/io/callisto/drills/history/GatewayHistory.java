package io.callisto.drills.history;

import io.callisto.gateway.client.GatewayAddress;
import io.callisto.gateway.client.GatewayClient;
import io.callisto.gateway.client.GatewayUnavailable;
import io.callisto.gateway.v1.RegistryEntry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads the registries of all media gateways. Not thread-safe. */
public final class GatewayHistory {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Map<String, String> gateways;

    /**
     * @param gateways id to {@code host:port}
     */
    public GatewayHistory(Map<String, String> gateways) {
        this.gateways = Map.copyOf(gateways);
    }

    /** What all gateways recorded for a job, in any zone. */
    public List<PlacedCall> calls(long job) {
        List<PlacedCall> calls = new ArrayList<>();
        gateways.forEach((id, address) -> {
            try (GatewayClient client = GatewayClient.connect(address(id, address), LIMIT)) {
                client.readRegistry("job/" + job + "/", entry -> calls.add(call(id, calls.size(), entry)));
            }
        });
        return calls;
    }

    /** Whether all gateways answer. */
    public boolean answers() {
        return gateways.entrySet().stream().allMatch(gateway -> answers(gateway.getKey(), gateway.getValue()));
    }

    private static boolean answers(String id, String address) {
        try (GatewayClient client = GatewayClient.connect(address(id, address), LIMIT)) {
            return client.describe().getGatewayId().equals(id);
        } catch (GatewayUnavailable notYet) {
            return false;
        }
    }

    private static GatewayAddress address(String id, String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        return new GatewayAddress(
                id, hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)));
    }

    private static PlacedCall call(String gateway, long order, RegistryEntry entry) {
        ByteBuffer id = entry.getAttemptId().asReadOnlyByteBuffer();
        return new PlacedCall(
                gateway,
                order,
                new UUID(id.getLong(), id.getLong()),
                entry.getScope(),
                entry.getEpoch(),
                entry.getRefused(),
                Instant.ofEpochMilli(entry.getDialedAtEpochMillis()));
    }
}
