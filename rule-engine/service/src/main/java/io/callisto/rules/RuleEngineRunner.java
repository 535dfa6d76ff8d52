package io.callisto.rules;

import io.callisto.ha.Candidacy;
import io.callisto.ha.Coordinator;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.Scope;
import io.callisto.ha.ServiceHandle;
import io.callisto.rules.client.RuleEngineClient;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the service: listen, announce, stand for the scope; and backwards, the scope first, so that the next
 * master
 * need not wait for our streams. Started and stopped by the context's thread.
 */
final class RuleEngineRunner implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(RuleEngineRunner.class);
    private static final long STOP_MILLIS = 1_000;

    private final Coordinator coordinator;
    private final FencedTransaction fenced;
    private final Mastership mastership;
    private final EvaluateEndpoint endpoint;
    private final RuleEngineProperties properties;
    private final AddressProperties address;
    private volatile @Nullable Running running;

    private record Running(Server server, ExecutorService workers, ServiceHandle handle) {}

    RuleEngineRunner(
            Coordinator coordinator,
            FencedTransaction fenced,
            Mastership mastership,
            EvaluateEndpoint endpoint,
            RuleEngineProperties properties,
            AddressProperties address) {
        this.coordinator = coordinator;
        this.fenced = fenced;
        this.mastership = mastership;
        this.endpoint = endpoint;
        this.properties = properties;
        this.address = address;
    }

    @Override
    @SuppressWarnings("AddressSelection") // a listening socket has one address: the first of the name's
    public void start() {
        AtomicInteger number = new AtomicInteger();
        ExecutorService workers = Executors.newFixedThreadPool(properties.threads(), work -> {
            Thread thread = new Thread(work, "rule-engine-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(address.bindHost(), properties.port()))
                .executor(workers)
                .addService(endpoint)
                .build();
        try {
            server.start();
        } catch (IOException cannotListen) {
            workers.shutdownNow();
            throw new IllegalStateException(
                    "the rule engine cannot listen on " + address.bindHost() + ":" + properties.port() + " ("
                            + cannotListen.getMessage() + "): choose another callisto.rule-engine.port, or 0 for any",
                    cannotListen);
        }
        ServiceHandle handle = coordinator.register(RuleEngineClient.ENDPOINT);
        running = new Running(server, workers, handle);
        handle.publish(Map.of(RuleEngineClient.ENDPOINT, address.advertised(server.getPort())));
        Duration idle = properties.reload().compareTo(RuleDuty.FENCE_INTERVAL) < 0
                ? properties.reload()
                : RuleDuty.FENCE_INTERVAL;
        Candidacy candidacy = handle.standFor(Scope.ruleEngine(), idle, (lease, wakeUp) -> {
            mastership.tellFirstAnswer(wakeUp);
            return new RuleDuty(fenced, new JdbcRuleStore(), mastership, coordinator.ticker(), properties.reload());
        });
        mastership.leasedBy(candidacy::lease);
        log.atInfo().addKeyValue("port", server.getPort()).log("rule engine listens");
    }

    @Override
    public void stop() {
        Running last = running;
        if (last == null) {
            return;
        }
        running = null;
        last.handle().close();
        mastership.leasedBy(java.util.Optional::empty);
        last.server().shutdownNow();
        try {
            last.server().awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        last.workers().shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
