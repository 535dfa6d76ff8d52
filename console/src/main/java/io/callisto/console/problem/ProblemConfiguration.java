package io.callisto.console.problem;

import io.callisto.console.settings.ConsoleProperties;
import io.callisto.domain.IdGenerator;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/** Wiring of problem details. */
@Configuration(proxyBeanMethods = false)
public class ProblemConfiguration {
    @Bean
    ProblemWriter problemWriter(JsonMapper json) {
        return new ProblemWriter(json);
    }

    @Bean
    ProblemAdvice problemAdvice(IdGenerator ids) {
        return new ProblemAdvice(ids);
    }

    @Bean
    ErrorPageController errorPageController(ProblemWriter problems) {
        return new ErrorPageController(problems);
    }

    /** After security: who may not ask gets no answer about sizes. */
    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(ConsoleProperties properties, ProblemWriter problems) {
        FilterRegistrationBean<BodyLimitFilter> registration =
                new FilterRegistrationBean<>(new BodyLimitFilter(properties.maxBodyBytes(), problems));
        registration.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER + 1);
        return registration;
    }

    /** Runs last, so that it replaces Spring Boot's own valve. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemReports() {
        return new ProblemReports();
    }

    /** Makes Tomcat's own refusals problems. */
    private static final class ProblemReports
            implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {
        @Override
        public void customize(TomcatServletWebServerFactory factory) {
            factory.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(ProblemReportValve.class.getName());
                }
            });
        }

        @Override
        public int getOrder() {
            return LOWEST_PRECEDENCE;
        }
    }
}
