package io.callisto.agents;

import io.callisto.ha.Coordinator;
import io.callisto.ha.ServiceHandle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the agent manager's features share. */
@Configuration(proxyBeanMethods = false)
class AgentManagerConfiguration {

    @Bean(destroyMethod = "close")
    ServiceHandle agentManagerHandle(Coordinator coordinator) {
        return coordinator.register("agent-manager");
    }
}
