package io.callisto.cache.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.ignite.configuration.DataPageEvictionMode;
import org.apache.ignite.configuration.DataRegionConfiguration;
import org.apache.ignite.configuration.DataStorageConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.configuration.SystemDataRegionConfiguration;
import org.apache.ignite.failure.StopNodeFailureHandler;
import org.apache.ignite.plugin.segmentation.SegmentationPolicy;
import org.apache.ignite.spi.communication.tcp.TcpCommunicationSpi;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;

/** How our Ignite nodes are set up. */
final class NodeSettings {
    /** The attribute in which a node tells the others its server's name. */
    static final String SERVER = "callisto.server";

    private static final long MEGABYTE = 1L << 20;
    private static final long SYSTEM_REGION_MEGABYTES = 16;
    private static final long METRICS_UPDATE_MILLIS = 1_000;
    private static final long JOIN_TIMEOUT_MILLIS = 60_000;

    private NodeSettings() {}

    static IgniteConfiguration of(CacheProperties properties, NodeIdentity identity) {
        boolean client = identity.role() == CacheRole.CLIENT;
        IgniteConfiguration node = new IgniteConfiguration()
                .setIgniteInstanceName(identity.name())
                .setConsistentId(identity.consistentId())
                .setUserAttributes(Map.of(SERVER, identity.server()))
                .setClientMode(client)
                .setLocalHost(identity.bindHost())
                .setWorkDirectory(identity.workDirectory().toAbsolutePath().toString())
                .setGridLogger(new Slf4jIgniteLogger())
                .setMetricsLogFrequency(0)
                .setMetricsUpdateFrequency(METRICS_UPDATE_MILLIS)
                .setPeerClassLoadingEnabled(false)
                .setConnectorConfiguration(null)
                .setClientConnectorConfiguration(null)
                .setFailureDetectionTimeout(properties.failureDetection().toMillis())
                .setClientFailureDetectionTimeout(
                        properties.clientFailureDetection().toMillis())
                .setNetworkTimeout(properties.failureDetection().toMillis())
                // Ignite's own choice is to halt the JVM, and with it every other service of the server.
                .setSegmentationPolicy(SegmentationPolicy.STOP)
                .setFailureHandler(new StopNodeFailureHandler())
                .setCacheConfiguration(Caches.contactQueue(), Caches.generation());
        smallThreadPools(node);
        node.setDiscoverySpi(discovery(properties, identity, client));
        node.setCommunicationSpi(communication(properties, identity));
        node.setDataStorageConfiguration(storage(properties));
        return node;
    }

    private static void smallThreadPools(IgniteConfiguration node) {
        node.setPublicThreadPoolSize(2)
                .setSystemThreadPoolSize(4)
                .setStripedPoolSize(2)
                .setDataStreamerThreadPoolSize(1)
                .setQueryThreadPoolSize(1)
                .setServiceThreadPoolSize(1)
                .setAsyncCallbackPoolSize(1)
                .setRebalanceThreadPoolSize(1)
                .setManagementThreadPoolSize(1)
                .setBuildIndexThreadPoolSize(1)
                .setSnapshotThreadPoolSize(1)
                .setUtilityCachePoolSize(2);
    }

    private static TcpDiscoverySpi discovery(CacheProperties properties, NodeIdentity identity, boolean client) {
        List<String> addresses = new ArrayList<>(properties.discovery());
        TcpDiscoverySpi discovery = new TcpDiscoverySpi();
        if (!client) {
            discovery.setLocalPort(properties.port()).setLocalPortRange(0);
            String own = identity.bindHost() + ":" + properties.port();
            if (!addresses.contains(own)) {
                addresses.add(own);
            }
        }
        return discovery
                .setJoinTimeout(JOIN_TIMEOUT_MILLIS)
                .setNetworkTimeout(properties.failureDetection().toMillis())
                .setIpFinder(new TcpDiscoveryVmIpFinder().setAddresses(addresses));
    }

    /**
     * Clients listen too, if only on any free port: where a server has to ask a client to connect to it instead
     * (Ignite's
     * port -1), updates were seen to hang until the client left.
     */
    private static TcpCommunicationSpi communication(CacheProperties properties, NodeIdentity identity) {
        int port = properties.communicationPort();
        TcpCommunicationSpi communication = new TcpCommunicationSpi();
        return communication
                .setLocalPort(port == 0 ? freePort(identity.bindHost()) : port)
                .setLocalPortRange(0)
                .setConnectionsPerNode(1);
    }

    /** Somebody may take it before Ignite does: then the node does not start, and is tried again with another. */
    private static int freePort(String host) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException("no free port on " + host, none);
        }
    }

    private static DataStorageConfiguration storage(CacheProperties properties) {
        return new DataStorageConfiguration()
                .setSystemDataRegionConfiguration(new SystemDataRegionConfiguration()
                        .setInitialSize(SYSTEM_REGION_MEGABYTES * MEGABYTE)
                        .setMaxSize(SYSTEM_REGION_MEGABYTES * MEGABYTE))
                // A full region would stop the node; what is evicted here is still in PostgreSQL.
                .setDefaultDataRegionConfiguration(new DataRegionConfiguration()
                        .setName("operational")
                        .setInitialSize(16 * MEGABYTE)
                        .setMaxSize(properties.regionMegabytes() * MEGABYTE)
                        .setPageEvictionMode(DataPageEvictionMode.RANDOM_LRU))
                .setDataRegionConfigurations(new DataRegionConfiguration()
                        .setName(Caches.GENERATION_REGION)
                        .setInitialSize(10 * MEGABYTE)
                        .setMaxSize(10 * MEGABYTE));
    }
}
