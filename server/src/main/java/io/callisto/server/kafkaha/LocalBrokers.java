package io.callisto.server.kafkaha;

import io.callisto.server.cluster.ClusterFailure;
import io.callisto.server.cluster.LocalCluster;
import io.callisto.server.process.ProcessIdentity;
import io.callisto.server.process.ProcessLauncher;
import java.util.OptionalLong;

/** The brokers of a local cluster, as processes. */
public final class LocalBrokers implements BrokerControl {
    private static final long STOP_SECONDS = 60;

    private final LocalCluster cluster;

    public LocalBrokers(LocalCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public void stop(int broker) {
        OptionalLong pid = cluster.pidOf(name(broker));
        if (pid.isEmpty()) {
            return;
        }
        ProcessIdentity process = ProcessHandle.of(pid.getAsLong())
                .map(ProcessIdentity::of)
                .orElse(new ProcessIdentity(pid.getAsLong(), 0));
        if (!ProcessLauncher.stop(process, STOP_SECONDS)) {
            throw new ClusterFailure(name(broker) + " did not end within " + STOP_SECONDS
                    + " s and was killed; start it again with: callisto up. Its log: " + cluster.log(name(broker)));
        }
    }

    @Override
    public void start(int broker) {
        cluster.startPart(name(broker));
    }

    @Override
    public String describe(int broker) {
        return name(broker);
    }

    private static String name(int broker) {
        return "kafka" + broker;
    }
}
