package io.callisto.server.infra;

import io.callisto.server.process.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.activemq.artemis.core.config.ClusterConnectionConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.ha.SharedStorePrimaryPolicyConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.storage.DatabaseStorageConfiguration;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * Settings of one broker.
 *
 * @param name of this one
 * @param brokers all of them, name to {@code host:port}, in order
 * @param databaseUrl without a schema
 * @param data local directory, for paging only
 */
record BrokerSettings(
        String name,
        Map<String, String> brokers,
        String databaseUrl,
        String databaseUser,
        String databasePassword,
        String data) {
    /** Not the default 90: the broker would block its producers on a machine whose disk is merely well used. */
    private static final int MAX_DISK_USAGE_PERCENT = 98;

    /** A killed broker's lock of the store lasts so long; the next one needs about half a second more to serve. */
    private static final long LOCK_MILLIS = 2_000;

    /** How often the lock is renewed, and how often one that waits looks at it. */
    private static final long LOOK_MILLIS = 200;

    static BrokerSettings of(Arguments arguments) {
        Map<String, String> brokers = new LinkedHashMap<>();
        for (String broker : arguments.get("brokers").split(",", -1)) {
            brokers.put(broker.substring(0, broker.indexOf('@')), broker.substring(broker.indexOf('@') + 1));
        }
        return new BrokerSettings(
                arguments.get("name"),
                brokers,
                arguments.get("database-url"),
                arguments.get("database-user"),
                arguments.get("database-password"),
                arguments.get("data"));
    }

    String storeUrl() {
        return databaseUrl + (databaseUrl.contains("?") ? "&" : "?") + "currentSchema=artemis";
    }

    Configuration configuration(DataSource dataSource) throws Exception {
        ConfigurationImpl c = new ConfigurationImpl();
        c.setSecurityEnabled(false).setJMXManagementEnabled(false).setName(name);
        c.setJournalDirectory(data + "/journal")
                .setBindingsDirectory(data + "/bindings")
                .setLargeMessagesDirectory(data + "/large")
                .setPagingDirectory(data + "/paging")
                .setNodeManagerLockDirectory(data + "/lock");
        c.setJournalType(JournalType.NIO);
        c.setThreadPoolMaxSize(8).setScheduledThreadPoolMaxSize(2).setGlobalMaxSize(32L << 20);
        c.setMaxDiskUsage(MAX_DISK_USAGE_PERCENT);
        c.registerBrokerPlugin(new RedeliveryMark());
        for (Map.Entry<String, String> broker : brokers.entrySet()) {
            c.addConnectorConfiguration(broker.getKey(), "tcp://" + broker.getValue());
        }
        c.addAcceptorConfiguration("core", "tcp://" + brokers.get(name) + "?nioRemotingThreads=2;useEpoll=false");
        List<String> others = new ArrayList<>(brokers.keySet());
        others.remove(name);
        c.addClusterConfiguration(new ClusterConnectionConfiguration()
                .setName("callisto")
                .setConnectorName(name)
                .setRetryInterval(200)
                .setClientFailureCheckPeriod(500)
                .setConnectionTTL(2_000)
                .setCallTimeout(5_000)
                .setStaticConnectors(others));
        c.setClusterUser("callisto");
        c.setClusterPassword(databasePassword);
        c.addAddressSetting(
                "#",
                new AddressSettings()
                        .setAutoCreateQueues(true)
                        .setAutoCreateAddresses(true)
                        .setAutoDeleteQueues(false)
                        .setAutoDeleteAddresses(false));
        c.setStoreConfiguration(store(dataSource));
        // Nobody is a backup: a backup waits for another's word that it had been live, which one that died at the wrong
        // moment never gives, and only one backup looks at a time. So each waits for the lock itself.
        c.setHAPolicyConfiguration(new SharedStorePrimaryPolicyConfiguration()
                .setFailoverOnServerShutdown(true)
                .setWaitForActivation(false));
        return c;
    }

    private static DatabaseStorageConfiguration store(DataSource dataSource) {
        DatabaseStorageConfiguration store = new DatabaseStorageConfiguration();
        store.setDataSource(dataSource);
        store.setMessageTableName("messages");
        store.setBindingsTableName("bindings");
        store.setLargeMessageTableName("large_messages");
        store.setPageStoreTableName("page_store");
        store.setNodeManagerStoreTableName("node_manager");
        store.setJdbcLockExpirationMillis(LOCK_MILLIS);
        store.setJdbcLockRenewPeriodMillis(LOOK_MILLIS);
        store.setJdbcLockAcquisitionTimeoutMillis(-1);
        store.setJdbcNetworkTimeout(5_000);
        store.setJdbcJournalSyncPeriodMillis(5);
        return store;
    }
}
