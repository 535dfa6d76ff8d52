package io.callisto.ha.autoconfigure;

import io.callisto.domain.IdGenerator;
import io.callisto.domain.Ticker;
import io.callisto.domain.TimeOrderedIds;
import io.callisto.ha.Coordinator;
import io.callisto.ha.CoordinatorHealth;
import io.callisto.ha.CoordinatorMetrics;
import io.callisto.ha.CoordinatorSettings;
import io.callisto.ha.CoordinatorSettings.Peers;
import io.callisto.ha.DatabaseAddress;
import io.callisto.ha.FencedTransaction;
import io.callisto.ha.LeaseCoordinator;
import java.security.SecureRandom;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * One coordinator per JVM: a context whose parent has one uses that. A {@link FencedTransaction} per context that has a
 * pool of its own.
 */
@AutoConfiguration(after = DataSourceAutoConfiguration.class)
public final class CoordinatorAutoConfiguration {
    /** Static: pools may be made before this configuration is. */
    @Bean
    static InterruptiblePools interruptiblePools() {
        return new InterruptiblePools();
    }

    @Bean
    @ConditionalOnMissingBean
    Ticker ticker() {
        return System::nanoTime;
    }

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    @ConditionalOnMissingBean
    IdGenerator idGenerator(Clock clock) {
        return new TimeOrderedIds(clock, new SecureRandom());
    }

    @Bean
    @ConditionalOnBean(value = DataSource.class, search = SearchStrategy.CURRENT)
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    FencedTransaction fencedTransaction(DataSource dataSource, Ticker ticker) {
        return new FencedTransaction(dataSource, ticker);
    }

    /** What a JVM has once. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(Coordinator.class)
    @EnableConfigurationProperties({HaProperties.class, NodeProperties.class})
    static final class OncePerJvm {
        // Closed by CoordinatorLifecycle, first of all; closing it again does nothing.
        @Bean(destroyMethod = "close")
        LeaseCoordinator coordinator(
                NodeProperties node,
                HaProperties ha,
                Environment environment,
                Ticker ticker,
                Clock clock,
                IdGenerator ids) {
            DatabaseAddress database = new DatabaseAddress(
                    environment.getProperty("spring.datasource.url", ""),
                    environment.getProperty("spring.datasource.username", ""),
                    environment.getProperty("spring.datasource.password", ""));
            CoordinatorSettings settings = new CoordinatorSettings(
                    node.serverName(),
                    node.process(),
                    ProcessHandle.current().pid(),
                    database,
                    node.zookeeper().connectString(),
                    node.zookeeper().root(),
                    ha.timing(node.timing()),
                    ha.sweep(),
                    ha.handOverLimit(),
                    peers(environment, ha.peerPort()),
                    ha.patience());
            return LeaseCoordinator.start(settings, ticker, clock, ids);
        }

        private static Peers peers(Environment environment, int port) {
            String bind = environment.getProperty("callisto.bind-host", "127.0.0.1");
            String advertised = environment.getProperty("callisto.advertised-host", "");
            return new Peers(bind, advertised.isBlank() ? bind : advertised, port);
        }

        @Bean
        CoordinatorLifecycle coordinatorLifecycle(LeaseCoordinator coordinator) {
            return new CoordinatorLifecycle(coordinator);
        }

        @Bean
        CoordinatorHealth coordinatorHealthIndicator(LeaseCoordinator coordinator) {
            return new CoordinatorHealth(coordinator);
        }

        @Bean
        CoordinatorMetrics coordinatorMetrics(LeaseCoordinator coordinator) {
            return new CoordinatorMetrics(coordinator);
        }
    }
}
