package io.callisto.drills.reconcile;

import io.callisto.drills.reconcile.Evidence.Call;
import io.callisto.gateway.client.GatewayAddress;
import io.callisto.gateway.client.GatewayClient;
import io.callisto.gateway.v1.RegistryEntry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads the gateways' own registries. Not thread-safe. */
public final class GatewayWitness {
    private static final Duration CALL_LIMIT = Duration.ofSeconds(10);

    private final Map<String, String> gateways;

    /**
     * @param gateways id to {@code host:port}
     */
    public GatewayWitness(Map<String, String> gateways) {
        this.gateways = Map.copyOf(gateways);
    }

    /** What all gateways recorded for the job, in any zone. */
    public List<Call> calls(long job) {
        List<Call> calls = new ArrayList<>();
        gateways.forEach((id, address) -> {
            try (GatewayClient client = GatewayClient.connect(address(id, address), CALL_LIMIT)) {
                client.readRegistry("job/" + job + "/", entry -> calls.add(call(id, entry)));
            }
        });
        return calls;
    }

    private static GatewayAddress address(String id, String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        return new GatewayAddress(
                id, hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)));
    }

    private static Call call(String gateway, RegistryEntry entry) {
        ByteBuffer id = entry.getAttemptId().asReadOnlyByteBuffer();
        return new Call(gateway, new UUID(id.getLong(), id.getLong()), entry.getRefused());
    }
}
