package io.callisto.gateway;

import io.callisto.domain.Ticker;
import io.callisto.gateway.calls.CallBook;
import io.callisto.gateway.calls.Exchange;
import io.callisto.gateway.calls.ExchangeSettings;
import io.callisto.gateway.fence.Tickets;
import io.callisto.gateway.registry.Registry;
import io.callisto.gateway.registry.RegistryIdentity;
import io.callisto.gateway.registry.RegistryUnusable;
import io.callisto.gateway.registry.SpaceReservation;
import io.callisto.gateway.server.GatewayServer;
import io.callisto.gateway.server.GatewayStartFailure;
import io.callisto.gateway.simulator.ForcedOutcomes;
import io.callisto.gateway.simulator.Simulator;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the gateway is put together: registry, exchange, server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayProperties.class)
public class GatewayConfiguration {
    private static final Logger log = LoggerFactory.getLogger(GatewayConfiguration.class);

    /** Two records of progress for each call that can live, with headers. */
    private static final long RESERVE_PER_CALL = 128;

    private static final long LEAST_RESERVE = 256 * 1024;

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Ticker ticker() {
        return System::nanoTime;
    }

    @Bean
    CallBook callBook() {
        return new CallBook();
    }

    @Bean(destroyMethod = "close")
    Registry registry(GatewayProperties properties, CallBook book, Clock clock, Ticker ticker) {
        try {
            return Registry.open(
                    directory(properties),
                    new RegistryIdentity(newIncarnation(), clock.millis()),
                    book,
                    SpaceReservation.ZEROS,
                    ticker,
                    LEAST_RESERVE + RESERVE_PER_CALL * properties.capacity());
        } catch (RegistryUnusable unusable) {
            throw new GatewayStartFailure(
                    Objects.requireNonNullElse(unusable.getMessage(), ""), unusable.remedy(), unusable);
        }
    }

    @Bean
    Exchange exchange(GatewayProperties properties, CallBook book, Registry registry, Clock clock, Ticker ticker) {
        Exchange exchange = new Exchange(
                book,
                registry,
                new Simulator(
                        properties.behaviour(), new ForcedOutcomes(properties.forcedOutcomes()), properties.seed()),
                new Tickets(registry.run(), ticker),
                clock,
                ticker,
                new ExchangeSettings(properties.capacity(), properties.timeFactor()));
        int lost = exchange.endLost();
        log.atInfo()
                .addKeyValue("gateway", properties.id())
                .addKeyValue("incarnation", registry.incarnation())
                .addKeyValue("run", registry.run())
                .addKeyValue("calls", exchange.status().callsPlaced())
                .addKeyValue("lost", lost)
                .log("call registry replayed");
        return exchange;
    }

    @Bean
    GatewayServer gatewayServer(GatewayProperties properties, Exchange exchange, Ticker ticker) {
        return new GatewayServer(
                new GatewayServer.Settings(
                        properties.id(),
                        properties.host(),
                        properties.port(),
                        directory(properties),
                        properties.drainTimeout()),
                exchange,
                ticker);
    }

    private static Path directory(GatewayProperties properties) {
        return Path.of(Objects.requireNonNull(properties.directory()));
    }

    private static long newIncarnation() {
        return new SecureRandom().nextLong(1, Long.MAX_VALUE);
    }
}
