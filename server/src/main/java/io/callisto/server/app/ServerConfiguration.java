package io.callisto.server.app;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/** What the services of one JVM share: its coordinator and its cache node, nothing else. */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration(
        classes = {
            io.callisto.ha.autoconfigure.CoordinatorAutoConfiguration.class,
            io.callisto.cache.client.IgniteNodeAutoConfiguration.class
        })
class ServerConfiguration {}
