package io.callisto.messaging;

import jakarta.jms.Connection;
import jakarta.jms.ExceptionListener;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Connects to whichever broker is live. A connection never moves to another broker by itself: it breaks, its user hears
 * so, and connects anew. So nobody can mistake a message that was under way for one that was taken.
 *
 * <p>A broker that waits refuses connections at once. One that is frozen does not: its host accepts them and nobody
 * answers. So whoever failed last is tried last, and not for long. Thread-safe.
 */
public final class Brokers {
    private static final long RETRY_MILLIS = 10;

    /** What a suspect gets; in a local network an answer takes a few milliseconds. */
    private static final Duration SUSPECT_TIMEOUT = Duration.ofMillis(500);

    private final String url;
    private final BrokerProperties properties;
    private volatile @Nullable String suspect;

    /**
     * @param url of all brokers, as the library writes it
     * @param properties time limits
     */
    public Brokers(String url, BrokerProperties properties) {
        this.url = url;
        this.properties = properties;
    }

    /**
     * A started connection to the live broker. Each broker is tried once.
     *
     * @param broken hears once when the connection is lost; on a thread of the client
     * @throws JMSException where none of them serves; it says what the last one said
     */
    public Connection connect(ExceptionListener broken) throws JMSException {
        JMSException last = new JMSException("there is no broker in " + url);
        for (TransportConfiguration broker : inOrder()) {
            String name = name(broker);
            try {
                return connect(broker, failure -> {
                    suspect = name;
                    broken.onException(failure);
                });
            } catch (JMSException away) {
                last = away;
                if (silent(away)) {
                    suspect = name;
                }
            }
        }
        throw last;
    }

    private List<TransportConfiguration> inOrder() throws JMSException {
        String last = suspect;
        List<TransportConfiguration> order = new ArrayList<>();
        try (ActiveMQConnectionFactory all = new ActiveMQConnectionFactory(url)) {
            order.addAll(List.of(all.getStaticConnectors()));
        }
        order.sort(Comparator.comparing(
                (TransportConfiguration broker) -> name(broker).equals(last)));
        return order;
    }

    private static String name(TransportConfiguration broker) {
        return broker.getParams().get(TransportConstants.HOST_PROP_NAME) + ":"
                + broker.getParams().get(TransportConstants.PORT_PROP_NAME);
    }

    /** A host that refuses has no broker that serves; that is no reason to avoid it later. */
    private static boolean silent(JMSException away) {
        return away.getCause() instanceof ActiveMQException cause
                && cause.getType() != ActiveMQExceptionType.NOT_CONNECTED;
    }

    private Connection connect(TransportConfiguration broker, ExceptionListener broken) throws JMSException {
        Duration limit = name(broker).equals(suspect) ? shorter(properties.callTimeout()) : properties.callTimeout();
        Connection connection = factory(broker, limit).createConnection();
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

    private static Duration shorter(Duration limit) {
        return limit.compareTo(SUSPECT_TIMEOUT) < 0 ? limit : SUSPECT_TIMEOUT;
    }

    @SuppressWarnings("resource") // closed by its only connection
    private ActiveMQConnectionFactory factory(TransportConfiguration broker, Duration limit) {
        // A host whose network is cut does not refuse; the default is half a minute, which no interrupt ends.
        broker.getParams().putIfAbsent(TransportConstants.NETTY_CONNECT_TIMEOUT, Math.toIntExact(limit.toMillis() / 2));
        // A new one each time: the old one would remember a topology that is no longer true.
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(false, broker);
        factory.setReconnectAttempts(0);
        factory.setInitialConnectAttempts(1);
        // Also waited after the last attempt; the default is two seconds.
        factory.setRetryInterval(RETRY_MILLIS);
        factory.setUseTopologyForLoadBalancing(false);
        factory.setCallTimeout(limit.toMillis());
        factory.setConnectionTTL(properties.failureDetection().toMillis());
        factory.setClientFailureCheckPeriod(properties.failureDetection().toMillis() / 4);
        factory.setUseGlobalPools(false);
        factory.setThreadPoolMaxSize(4);
        factory.setScheduledThreadPoolMaxSize(1);
        factory.setBlockOnDurableSend(true);
        factory.setCacheDestinations(true);
        return factory;
    }

    @Override
    public String toString() {
        return url;
    }
}
