package io.callisto.console;

import com.zaxxer.hikari.HikariDataSource;
import io.callisto.console.settings.ConsoleProperties;
import io.callisto.console.trust.TrustRunner;
import io.callisto.domain.IdGenerator;
import io.callisto.domain.Ticker;
import io.callisto.domain.TimeOrderedIds;
import io.callisto.ha.Coordinator;
import java.security.SecureRandom;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.type.LogicalType;

/** Wiring of what all features of the console share. Every bean is the console's own, also below a parent context. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConsoleProperties.class)
class ConsoleConfiguration {
    private static final int POOL = 4;

    /** Fails fast: a request must not wait longer than its client does. */
    @Bean(destroyMethod = "close")
    @Primary
    HikariDataSource consoleDataSource(Environment environment) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName("console-" + environment.getProperty("callisto.server-name", "s1"));
        pool.setJdbcUrl(environment.getRequiredProperty("spring.datasource.url"));
        pool.setUsername(environment.getProperty("spring.datasource.username", "callisto"));
        pool.setPassword(environment.getProperty("spring.datasource.password", ""));
        pool.setMaximumPoolSize(POOL);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(2_000);
        pool.setValidationTimeout(1_000);
        // The console starts while the database is away, and answers 503 until it is back.
        pool.setInitializationFailTimeout(-1);
        pool.addDataSourceProperty("ApplicationName", "callisto-console");
        pool.addDataSourceProperty("connectTimeout", "2");
        pool.addDataSourceProperty("socketTimeout", "15");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        pool.addDataSourceProperty("options", "-c lock_timeout=3000 -c statement_timeout=10000");
        return pool;
    }

    @Bean
    @Primary
    JdbcClient consoleJdbcClient(DataSource dataSource) {
        return JdbcClient.create(dataSource);
    }

    @Bean
    @Primary
    PlatformTransactionManager consoleTransactionManager(DataSource dataSource) {
        return new JdbcTransactionManager(dataSource);
    }

    @Bean
    @Primary
    TransactionTemplate consoleTransaction(PlatformTransactionManager transactions) {
        return new TransactionTemplate(transactions);
    }

    @Bean
    @Primary
    Ticker consoleTicker() {
        return System::nanoTime;
    }

    @Bean
    @Primary
    IdGenerator consoleIds() {
        return new TimeOrderedIds(Clock.systemUTC(), new SecureRandom());
    }

    /** Strict in what it takes: a misspelt field or a number as text is an error, not a surprise later. */
    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return builder -> builder.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    }

    @Bean
    ConsoleRegistration consoleRegistration(
            Coordinator coordinator, WebServerApplicationContext context, TrustRunner trust, Environment environment) {
        String bindHost = environment.getProperty("callisto.bind-host", "127.0.0.1");
        String host = environment.getProperty("callisto.advertised-host", bindHost);
        boolean tls = environment.getProperty("server.ssl.bundle") != null
                || environment.getProperty("server.ssl.key-store") != null;
        return new ConsoleRegistration(coordinator, context, trust, (tls ? "https://" : "http://") + host + ":");
    }
}
