package io.callisto.cache;

import com.zaxxer.hikari.HikariDataSource;
import io.callisto.cache.client.CacheGeneration;
import io.callisto.cache.client.CacheProperties;
import io.callisto.cache.client.ContactQueueCache;
import io.callisto.cache.client.IgniteNode;
import io.callisto.ha.Coordinator;
import io.callisto.ha.FencedTransaction;
import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the cache service; coordinator and Ignite node come from the parent context or auto-configuration. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({CacheServiceProperties.class, CacheProperties.class})
class CacheServiceConfiguration {
    private static final int CONNECTIONS = 1;
    private static final long CONNECTION_TIMEOUT_MILLIS = 2_000;

    /** A pool of this service alone; it starts without the database and connects when it is there. */
    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(DataSourceProperties properties) {
        HikariDataSource pool = properties
                .initializeDataSourceBuilder()
                .type(HikariDataSource.class)
                .build();
        pool.setPoolName(CacheServiceRunner.SERVICE);
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        pool.setInitializationFailTimeout(-1);
        return pool;
    }

    @Bean
    CacheWatchRunner cacheWatchRunner(
            Coordinator coordinator,
            IgniteNode node,
            CacheGeneration generation,
            DataSource dataSource,
            CacheServiceProperties properties) {
        CacheServiceProperties.Watch watch = properties.watch();
        return new CacheWatchRunner(
                node,
                generation,
                new JdbcGenerationStore(dataSource),
                coordinator,
                new RingGuard(coordinator.server(), watch.rejoinAfter(), watch.rejoinPause()),
                watch.interval());
    }

    @Bean
    CacheServiceRunner cacheServiceRunner(
            Coordinator coordinator,
            DataSource dataSource,
            CacheGeneration generation,
            CacheProperties cache,
            CacheServiceProperties properties) {
        return new CacheServiceRunner(
                coordinator,
                new FencedTransaction(dataSource, coordinator.ticker()),
                generation,
                properties.advertised(cache.port()),
                properties.watch().interval());
    }

    @Bean
    SmartInitializingSingleton cacheServiceMetrics(
            ObjectProvider<MeterRegistry> registry, CacheWatchRunner watch, IgniteNode node, ContactQueueCache queue) {
        return () -> registry.ifAvailable(meters -> CacheServiceMetrics.register(meters, watch, node, queue));
    }
}
