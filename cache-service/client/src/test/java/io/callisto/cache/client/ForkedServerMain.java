package io.callisto.cache.client;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** A server node in a JVM of its own: addresses, discovery port, communication port, work directory. */
final class ForkedServerMain {
    private ForkedServerMain() {}

    public static void main(String[] args) throws InterruptedException {
        IgniteNodeAutoConfiguration.quiet();
        String name = "fork-" + UUID.randomUUID();
        CacheProperties properties = CacheCluster.properties(
                List.of(args[0].split(",", -1)),
                CacheRole.SERVER,
                Integer.parseInt(args[1]),
                Integer.parseInt(args[2]),
                args[3]);
        NodeIdentity identity = new NodeIdentity("s1", name, name, CacheRole.SERVER, "127.0.0.1", Path.of(args[3]));
        IgniteNodeRunner node = new IgniteNodeRunner(at -> NodeSettings.of(properties, identity), System::nanoTime);
        node.start();
        Thread.currentThread().join();
    }
}
