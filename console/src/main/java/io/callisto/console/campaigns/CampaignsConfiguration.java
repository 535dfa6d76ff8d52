package io.callisto.console.campaigns;

import io.callisto.console.idempotency.IdempotentRequests;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wiring of campaigns. */
@Configuration(proxyBeanMethods = false)
public class CampaignsConfiguration {
    @Bean
    CampaignsController campaignsController(JdbcClient jdbc, IdempotentRequests requests) {
        return new CampaignsController(new JdbcCampaignStore(jdbc), requests);
    }
}
