package io.callisto.messaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.jspecify.annotations.Nullable;

/** A real broker on a loopback port that can be stopped and started again on the same journal. */
public final class TestBroker implements AutoCloseable {
    private final Path directory;
    private final int port;
    private @Nullable EmbeddedActiveMQ broker;

    /**
     * Not started yet.
     *
     * @param directory for its journal
     */
    public TestBroker(Path directory) {
        this.directory = directory;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As for {@code callisto.broker.url}. */
    public String url() {
        return "tcp://127.0.0.1:" + port;
    }

    /** Starts it, and returns once it listens. */
    public TestBroker start() throws Exception {
        EmbeddedActiveMQ starting = new EmbeddedActiveMQ();
        starting.setConfiguration(configuration());
        starting.start();
        broker = starting;
        return this;
    }

    /** Stops it; what it has acknowledged stays in its journal. */
    public void stop() throws Exception {
        EmbeddedActiveMQ stopping = broker;
        broker = null;
        if (stopping != null) {
            stopping.stop();
        }
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (Exception failed) {
            throw new IllegalStateException("broker did not stop", failed);
        }
    }

    private Configuration configuration() throws Exception {
        Configuration c = new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setName("test");
        c.setJournalDirectory(directory + "/journal")
                .setBindingsDirectory(directory + "/bindings")
                .setLargeMessagesDirectory(directory + "/large")
                .setPagingDirectory(directory + "/paging")
                .setNodeManagerLockDirectory(directory + "/lock");
        c.setJournalType(JournalType.NIO);
        c.setJournalFileSize(1 << 20);
        c.setThreadPoolMaxSize(8).setScheduledThreadPoolMaxSize(2).setGlobalMaxSize(32L << 20);
        c.setMaxDiskUsage(100);
        c.addAcceptorConfiguration("core", "tcp://127.0.0.1:" + port + "?nioRemotingThreads=2;useEpoll=false");
        c.addAddressSetting(
                "#",
                new AddressSettings()
                        .setAutoCreateQueues(true)
                        .setAutoCreateAddresses(true)
                        .setAutoDeleteQueues(false)
                        .setAutoDeleteAddresses(false));
        return c;
    }
}
