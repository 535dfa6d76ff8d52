package io.callisto.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A migrated database for one test class, on one PostgreSQL per test JVM. Use as {@code @RegisterExtension static final
 * TestDatabase DB = new TestDatabase();}.
 */
public final class TestDatabase implements BeforeAllCallback, AfterAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(TestDatabase.class);

    private @Nullable HikariDataSource pool;
    private @Nullable String url;

    @Override
    public void beforeAll(ExtensionContext context) {
        TestPostgres postgres = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(TestPostgres.class, type -> TestPostgres.start(), TestPostgres.class);
        url = postgres.newDatabase();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user());
        config.setPassword(password());
        config.setMaximumPoolSize(20);
        config.setMinimumIdle(0);
        config.setPoolName(context.getRequiredTestClass().getSimpleName());
        pool = new HikariDataSource(config);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (pool != null) {
            pool.close();
        }
    }

    /** A pool of up to 20 connections on the class's database. */
    public DataSource dataSource() {
        return Objects.requireNonNull(pool, "@RegisterExtension static final TestDatabase is missing");
    }

    /** Address of the class's database. */
    public String jdbcUrl() {
        return Objects.requireNonNull(url, "@RegisterExtension static final TestDatabase is missing");
    }

    public String user() {
        return "callisto";
    }

    public String password() {
        return "callisto";
    }
}
