package io.callisto.console.commands;

import io.callisto.messaging.WakeUps;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Wiring of orders. */
@Configuration(proxyBeanMethods = false)
public class CommandsConfiguration {
    @Bean
    JdbcCommandStore consoleCommandStore(JdbcClient jdbc, JsonMapper json, WakeUps wakeUps) {
        return new JdbcCommandStore(jdbc, json, wakeUps);
    }

    @Bean
    CommandsController commandsController(JdbcCommandStore commands) {
        return new CommandsController(commands);
    }
}
