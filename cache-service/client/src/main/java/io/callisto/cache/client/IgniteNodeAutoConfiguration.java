package io.callisto.cache.client;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * The JVM's one Ignite node and the access to it: in the parent context where there is one, whose children then find
 * them
 * there, else in the service's own.
 */
@AutoConfiguration
@EnableConfigurationProperties(CacheProperties.class)
public final class IgniteNodeAutoConfiguration {
    IgniteNodeAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    IgniteNode igniteNode(CacheProperties properties, Environment environment) {
        if (!properties.enabled()) {
            return Optional::empty;
        }
        String process = environment.getProperty("callisto.process", "server");
        CacheRole role = role(properties, process);
        String missing = properties.missingFor(role);
        if (!missing.isEmpty()) {
            throw new IllegalStateException("set " + missing + ", or callisto.cache.enabled=false");
        }
        String server = environment.getProperty("callisto.server-name", "s1");
        String name = server + "-" + process;
        String work = properties.workDirectory();
        Path directory =
                work == null ? Path.of(System.getProperty("java.io.tmpdir"), "callisto-cache-" + name) : Path.of(work);
        String bindHost = environment.getProperty("callisto.bind-host", "127.0.0.1");
        quiet();
        return new IgniteNodeRunner(
                at -> {
                    // A new incarnation is a new member: the others may not have missed the old one yet.
                    String incarnation = name + "-" + UUID.randomUUID();
                    return NodeSettings.of(
                            at.map(properties::joining).orElse(properties),
                            new NodeIdentity(server, incarnation, incarnation, role, bindHost, directory));
                },
                System::nanoTime);
    }

    @Bean
    @ConditionalOnMissingBean
    ContactQueueCache contactQueueCache(IgniteNode node, CacheProperties properties) {
        return new ContactQueueCache(node, properties.operationTimeout(), properties.maxWaiting());
    }

    @Bean
    @ConditionalOnMissingBean
    CacheGeneration cacheGeneration(IgniteNode node, CacheProperties properties) {
        return new CacheGeneration(node, properties.operationTimeout());
    }

    private static CacheRole role(CacheProperties properties, String process) {
        CacheRole wanted = properties.role();
        if (wanted != null) {
            return wanted;
        }
        return process.equals("server") || process.equals("cache-service") ? CacheRole.SERVER : CacheRole.CLIENT;
    }

    /** Ignite reads these from the system only. It must not call home, print, or stop before our services do. */
    static void quiet() {
        setUnlessSet("IGNITE_NO_SHUTDOWN_HOOK", "true");
        setUnlessSet("IGNITE_NO_ASCII", "true");
        setUnlessSet("IGNITE_PERFORMANCE_SUGGESTIONS_DISABLED", "true");
        setUnlessSet("IGNITE_UPDATE_NOTIFIER", "false");
        setUnlessSet("IGNITE_DUMP_THREADS_ON_FAILURE", "false");
    }

    private static void setUnlessSet(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
