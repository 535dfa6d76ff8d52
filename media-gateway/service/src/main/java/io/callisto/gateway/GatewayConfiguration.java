package io.callisto.gateway;

import io.callisto.domain.Ticker;
import io.callisto.gateway.calls.CallBook;
import io.callisto.gateway.calls.Exchange;
import io.callisto.gateway.calls.ExchangeSettings;
import io.callisto.gateway.fence.Tickets;
import io.callisto.gateway.legs.LegBook;
import io.callisto.gateway.legs.Switchboard;
import io.callisto.gateway.registry.Registry;
import io.callisto.gateway.registry.RegistryIdentity;
import io.callisto.gateway.registry.RegistryUnusable;
import io.callisto.gateway.registry.SpaceReservation;
import io.callisto.gateway.server.GatewayServer;
import io.callisto.gateway.server.GatewayStartFailure;
import io.callisto.gateway.simulator.ForcedOutcomes;
import io.callisto.gateway.simulator.PhoneSimulator;
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

    /** Its end and that of its bridge. */
    private static final long RESERVE_PER_LEG = 512;

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

    @Bean
    LegBook legBook(CallBook calls) {
        return new LegBook(calls);
    }

    @Bean(destroyMethod = "close")
    Registry registry(GatewayProperties properties, LegBook book, Clock clock, Ticker ticker) {
        try {
            return Registry.open(
                    directory(properties),
                    new RegistryIdentity(newIncarnation(), clock.millis()),
                    book,
                    SpaceReservation.ZEROS,
                    ticker,
                    LEAST_RESERVE
                            + RESERVE_PER_CALL * properties.capacity()
                            + RESERVE_PER_LEG * properties.legCapacity());
        } catch (RegistryUnusable unusable) {
            throw new GatewayStartFailure(
                    Objects.requireNonNullElse(unusable.getMessage(), ""), unusable.remedy(), unusable);
        }
    }

    @Bean
    Tickets tickets(Registry registry, Ticker ticker) {
        return new Tickets(registry.run(), ticker);
    }

    @Bean
    Exchange exchange(
            GatewayProperties properties,
            CallBook book,
            Registry registry,
            Tickets tickets,
            Clock clock,
            Ticker ticker) {
        return new Exchange(
                book,
                registry,
                new Simulator(
                        properties.behaviour(), new ForcedOutcomes(properties.forcedOutcomes()), properties.seed()),
                tickets,
                clock,
                ticker,
                new ExchangeSettings(properties.capacity(), properties.timeFactor()));
    }

    /** With the agents' half in place, what the last run left behind can end, and be told. */
    @Bean
    Switchboard switchboard(
            GatewayProperties properties, Exchange exchange, LegBook book, Registry registry, Tickets tickets) {
        Switchboard switchboard = exchange.attach(control -> new Switchboard(
                control,
                book,
                new PhoneSimulator(properties.agentPhones(), properties.seed()),
                tickets,
                properties.legCapacity()));
        int lost = exchange.endLost();
        int lostLegs = switchboard.endLost();
        log.atInfo()
                .addKeyValue("gateway", properties.id())
                .addKeyValue("incarnation", registry.incarnation())
                .addKeyValue("run", registry.run())
                .addKeyValue("calls", exchange.status().callsPlaced())
                .addKeyValue("lost", lost)
                .addKeyValue("lostLegs", lostLegs)
                .log("call registry replayed");
        return switchboard;
    }

    @Bean
    GatewayServer gatewayServer(
            GatewayProperties properties, Exchange exchange, Switchboard switchboard, Ticker ticker) {
        return new GatewayServer(
                new GatewayServer.Settings(
                        properties.id(),
                        properties.host(),
                        properties.port(),
                        directory(properties),
                        properties.drainTimeout()),
                exchange,
                switchboard,
                ticker);
    }

    private static Path directory(GatewayProperties properties) {
        return Path.of(Objects.requireNonNull(properties.directory()));
    }

    private static long newIncarnation() {
        return new SecureRandom().nextLong(1, Long.MAX_VALUE);
    }
}
