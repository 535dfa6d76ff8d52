package io.callisto.console.commands;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Wiring of orders. */
@Configuration(proxyBeanMethods = false)
public class CommandsConfiguration {
    @Bean
    JdbcCommandStore consoleCommandStore(JdbcClient jdbc, JsonMapper json) {
        return new JdbcCommandStore(jdbc, json);
    }

    @Bean
    CommandsController commandsController(JdbcCommandStore commands) {
        return new CommandsController(commands);
    }
}
