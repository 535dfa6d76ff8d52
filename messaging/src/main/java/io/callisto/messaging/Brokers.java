package io.callisto.messaging;

import jakarta.jms.Connection;
import jakarta.jms.ExceptionListener;
import jakarta.jms.JMSException;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * Connects to whichever broker is live. A connection never moves to another broker by itself: it breaks, its user hears
 * so, and connects anew. So nobody can mistake a message that was under way for one that was taken.
 */
final class Brokers {
    private static final long RETRY_MILLIS = 10;

    private final String url;
    private final BrokerProperties properties;

    Brokers(String url, BrokerProperties properties) {
        this.url = url;
        this.properties = properties;
    }

    /**
     * A started connection to the live broker. All brokers are tried once: those that wait do not listen.
     *
     * @param broken hears once when the connection is lost; on a thread of the client
     */
    Connection connect(ExceptionListener broken) throws JMSException {
        Connection connection = factory().createConnection();
        boolean started = false;
        try {
            connection.setExceptionListener(broken);
            connection.start();
            started = true;
            return connection;
        } finally {
            if (!started) {
                connection.close();
            }
        }
    }

    @SuppressWarnings("resource") // closed by its only connection
    private ActiveMQConnectionFactory factory() {
        // A new one each time: the old one would remember a topology that is no longer true.
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
        factory.setReconnectAttempts(0);
        factory.setInitialConnectAttempts(1);
        // Also waited after the last attempt; the default is two seconds.
        factory.setRetryInterval(RETRY_MILLIS);
        factory.setUseTopologyForLoadBalancing(false);
        factory.setCallTimeout(properties.callTimeout().toMillis());
        factory.setConnectionTTL(properties.failureDetection().toMillis());
        factory.setClientFailureCheckPeriod(properties.failureDetection().toMillis() / 4);
        factory.setUseGlobalPools(false);
        factory.setThreadPoolMaxSize(4);
        factory.setScheduledThreadPoolMaxSize(1);
        factory.setBlockOnDurableSend(true);
        factory.setCacheDestinations(true);
        for (TransportConfiguration broker : factory.getStaticConnectors()) {
            // A host whose network is cut does not refuse; the default is half a minute, which no interrupt ends.
            broker.getParams()
                    .putIfAbsent(
                            TransportConstants.NETTY_CONNECT_TIMEOUT,
                            Math.toIntExact(properties.callTimeout().toMillis() / 2));
        }
        return factory;
    }

    @Override
    public String toString() {
        return url;
    }
}
