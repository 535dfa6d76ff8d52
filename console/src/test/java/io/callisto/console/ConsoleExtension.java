package io.callisto.console;

import io.callisto.db.TestDatabase;
import io.callisto.ha.FakeCoordinator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Consoles on a fresh database, each a child context below a parent with the coordinator, as the server's JVM has them.
 * Users: root (ADMIN of all), sue (SUPERVISOR of all), audrey (AUDITOR of all), nora (ADMIN of organisation 1), agnes
 * (AGENT).
 */
final class ConsoleExtension implements BeforeAllCallback, AfterAllCallback {
    static final String PASSWORD = "opensesame";

    private final TestDatabase database = new TestDatabase();
    private final Map<String, String> settings;
    private final int servers;
    private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();
    private final List<FakeCoordinator> coordinators = new ArrayList<>();

    ConsoleExtension() {
        this(1, Map.of());
    }

    ConsoleExtension(int servers, Map<String, String> settings) {
        this.servers = servers;
        this.settings = settings;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        database.beforeAll(context);
        users();
        for (int i = 1; i <= servers; i++) {
            start("s" + i);
        }
    }

    private void start(String server) {
        FakeCoordinator coordinator = new FakeCoordinator(server, System::nanoTime);
        AnnotationConfigApplicationContext parent = new AnnotationConfigApplicationContext();
        parent.registerBean(FakeCoordinator.class, () -> coordinator);
        parent.refresh();
        contexts.add(parent);
        coordinators.add(coordinator);
        Map<String, Object> all = new TreeMap<>();
        all.put("server.port", "0");
        all.put("callisto.server-name", server);
        all.put("spring.datasource.url", database.jdbcUrl());
        all.put("spring.datasource.username", database.user());
        all.put("spring.datasource.password", database.password());
        all.putAll(settings);
        contexts.add(new SpringApplicationBuilder(ConsoleApplication.class)
                .parent(parent)
                .run(all.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new)));
    }

    private void users() {
        JdbcClient jdbc = jdbc();
        jdbc.sql("insert into organisation (name) values ('North')").update();
        jdbc.sql("""
                        insert into app_user (name, password_hash, role, organisation_id) values
                          ('root', :hash, 'ADMIN', null), ('sue', :hash, 'SUPERVISOR', null),
                          ('audrey', :hash, 'AUDITOR', null), ('nora', :hash, 'ADMIN', 1), ('agnes', :hash,
                            'AGENT', null)
                        """).param("hash", "{noop}" + PASSWORD).update();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        for (int i = contexts.size() - 1; i >= 0; i--) {
            contexts.get(i).close();
        }
        database.afterAll(context);
    }

    JdbcClient jdbc() {
        return JdbcClient.create(database.dataSource());
    }

    /** The console's context of server {@code number}, from 1. */
    WebServerApplicationContext context(int number) {
        return (WebServerApplicationContext) contexts.get(2 * number - 1);
    }

    FakeCoordinator coordinator(int number) {
        return coordinators.get(number - 1);
    }

    int port(int number) {
        return Objects.requireNonNull(context(number).getWebServer()).getPort();
    }

    /** A client of the first server. */
    Rest as(String user) {
        return as(user, 1);
    }

    Rest as(String user, int server) {
        return new Rest("http://127.0.0.1:" + port(server), user, PASSWORD);
    }
}
