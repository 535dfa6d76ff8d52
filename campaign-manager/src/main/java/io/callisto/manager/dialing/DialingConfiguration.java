package io.callisto.manager.dialing;

import io.callisto.cache.client.ContactQueueCache;
import io.callisto.domain.IdGenerator;
import io.callisto.domain.TimeOrderedIds;
import io.callisto.gateway.client.GatewayClient;
import io.callisto.gateway.client.Gateways;
import io.callisto.ha.Coordinator;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Scope;
import io.callisto.manager.gateway.CallGateway;
import io.callisto.manager.gateway.GrpcCallGateway;
import io.callisto.manager.gateway.LimitedCallGateway;
import io.callisto.outbox.JdbcOutboxStore;
import io.callisto.outbox.backlog.BacklogLimits;
import io.callisto.outbox.backlog.BacklogWatch;
import io.callisto.outbox.backlog.BacklogWatchRunner;
import io.callisto.outbox.backlog.JdbcBacklogStore;
import io.callisto.rules.client.RuleEngineClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires the dial path. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DialingProperties.class)
public class DialingConfiguration {

    /** The clients of all gateways of {@code callisto.gateways}; closed with the context. */
    record GatewayConnections(List<GatewayClient> clients) implements AutoCloseable {
        @Override
        public void close() {
            clients.forEach(GatewayClient::close);
        }
    }

    private static final Duration GATEWAY_PATIENCE = Duration.ofMillis(100);

    @Bean
    GatewayConnections gatewayConnections(Environment environment, DialingProperties properties) {
        Gateways gateways = Gateways.parse(environment.getProperty("callisto.gateways", ""));
        return new GatewayConnections(gateways.addresses().stream()
                .map(address -> GatewayClient.connect(address, properties.gatewayTimeout()))
                .toList());
    }

    @Bean
    RuleEngineClient ruleEngineClient(Coordinator coordinator, DataSource dataSource) {
        JdbcFenceStore fence = new JdbcFenceStore(dataSource);
        return new RuleEngineClient(
                coordinator.directory(), coordinator.ticker(), () -> fence.epoch(Scope.ruleEngine()));
    }

    /** Threads for blocking calls; a call that finds none free fails and is tried again, the dialers never wait. */
    @Bean(destroyMethod = "shutdownNow")
    ExecutorService dialingCalls(DialingProperties properties) {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(0, properties.threads(), 30, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, "dialing-call-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Who dials fills the outbox, and so looks whether it is full, whether or not there is anybody to empty it. */
    @Bean(initMethod = "start", destroyMethod = "close")
    BacklogWatchRunner dialingBacklogWatch(DataSource dataSource, Environment environment) {
        BacklogLimits limits = new BacklogLimits(
                environment.getProperty(BacklogLimits.LATE_PROPERTY, Duration.class, BacklogLimits.LATE_AFTER),
                environment.getProperty(BacklogLimits.FULL_PROPERTY, Long.class, BacklogLimits.FULL_ROWS));
        return new BacklogWatchRunner(new BacklogWatch(new JdbcBacklogStore(dataSource), limits));
    }

    @Bean
    Dialers dialers(
            DataSource dataSource,
            Coordinator coordinator,
            RuleEngineClient rules,
            GatewayConnections gateways,
            ExecutorService dialingCalls,
            DialingProperties properties,
            ObjectProvider<MeterRegistry> meters,
            ObjectProvider<ContactQueueCache> cache,
            Environment environment) {
        IdGenerator ids = new TimeOrderedIds(Clock.systemUTC(), new SecureRandom());
        int shards = environment.getProperty(JdbcOutboxStore.SHARDS_PROPERTY, Integer.class, 1);
        // One share of the threads is left for the rule engine, and each gateway has one: none can take all.
        int share = Math.max(1, properties.threads() / (gateways.clients().size() + 1));
        List<CallGateway> calls = gateways.clients().stream()
                .<CallGateway>map(
                        client -> new LimitedCallGateway(new GrpcCallGateway(client), share, GATEWAY_PATIENCE))
                .toList();
        ContactQueueCache copy = cache.getIfAvailable();
        QueueMirror mirror = copy == null ? QueueMirror.NONE : new CachedQueueMirror(copy);
        return new Dialers(new DialerParts(
                new FencedTransaction(dataSource, coordinator.ticker()),
                new JdbcDialingStore(dataSource),
                new JdbcAttemptStore(dataSource),
                new AttemptJournal(new JdbcOutboxStore(shards), ids),
                new GrpcRuleCheck(rules, properties.rulesTimeout()),
                calls,
                mirror,
                dialingCalls,
                coordinator.ticker(),
                ids,
                new DialingMetrics(meters.getIfAvailable(SimpleMeterRegistry::new)),
                properties));
    }
}
