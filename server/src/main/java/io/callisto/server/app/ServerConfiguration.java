package io.callisto.server.app;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.jvm.JvmMetricsAutoConfiguration;

/**
 * What the services of one JVM share: its coordinator, its cache node, and its meters (the console shows those of all
 * services
 * of the JVM).
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration(
        classes = {
            MetricsAutoConfiguration.class,
            PrometheusMetricsExportAutoConfiguration.class,
            JvmMetricsAutoConfiguration.class,
            io.callisto.ha.autoconfigure.CoordinatorAutoConfiguration.class,
            io.callisto.messaging.MessagingAutoConfiguration.class,
            io.callisto.cache.client.IgniteNodeAutoConfiguration.class
        })
class ServerConfiguration {}
