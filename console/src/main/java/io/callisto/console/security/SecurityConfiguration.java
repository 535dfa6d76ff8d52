package io.callisto.console.security;

import io.callisto.console.problem.ProblemWriter;
import io.callisto.console.settings.ConsoleProperties;
import io.callisto.domain.Ticker;
import jakarta.servlet.DispatcherType;
import java.security.SecureRandom;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationManagers;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Who may do what. Deny by default; stateless; HTTP Basic against table {@code app_user}. */
@Configuration(proxyBeanMethods = false)
public class SecurityConfiguration {
    private static final String ADMIN = Role.ADMIN.name();
    private static final String SUPERVISOR = Role.SUPERVISOR.name();
    private static final String AUDITOR = Role.AUDITOR.name();

    @Bean
    JdbcAppUserStore appUserStore(JdbcClient jdbc) {
        return new JdbcAppUserStore(jdbc);
    }

    @Bean
    PasswordEncoder passwordEncoder(ConsoleProperties properties, Ticker ticker) {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return new RememberingPasswordEncoder(
                PasswordEncoderFactories.createDelegatingPasswordEncoder(), ticker, properties.passwordMemory(), key);
    }

    @Bean
    AuthenticationManager authenticationManager(JdbcAppUserStore users, PasswordEncoder passwords) {
        DaoAuthenticationProvider provider = new DaoAuthenticationProvider(users);
        provider.setPasswordEncoder(passwords);
        return new ProviderManager(provider);
    }

    @Bean
    InitialAdministrator initialAdministrator(
            JdbcAppUserStore users, PasswordEncoder passwords, ConsoleProperties properties) {
        return new InitialAdministrator(users, passwords, properties);
    }

    @Bean
    WebMvcConfigurer callerArguments(JdbcAppUserStore users) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerArgumentResolver(users));
            }
        };
    }

    /** Probes are answered whoever asks and whatever state the table of users is in. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain healthSecurity(HttpSecurity http) {
        return http.securityMatcher("/actuator/health", "/actuator/health/**")
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
                .build();
    }

    @Bean
    SecurityFilterChain apiSecurity(HttpSecurity http, ProblemWriter problems) {
        SecurityProblems refusals = new SecurityProblems(problems);
        return http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .httpBasic(basic -> basic.authenticationEntryPoint(refusals))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .addFilterBefore(new CrossSiteFilter(problems), BasicAuthenticationFilter.class)
                .authorizeHttpRequests(SecurityConfiguration::rules)
                .build();
    }

    private static void rules(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry rules) {
        AuthorizationManager<RequestAuthorizationContext> operators = globally(ADMIN);
        AuthorizationManager<RequestAuthorizationContext> watchers = globally(ADMIN, SUPERVISOR, AUDITOR);
        rules.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
                .permitAll()
                .requestMatchers(HttpMethod.GET, "/actuator/**")
                .access(watchers)
                .requestMatchers(
                        HttpMethod.GET, "/v3/api-docs/**", "/v3/api-docs.yaml", "/swagger-ui/**", "/swagger-ui.html")
                .hasAnyRole(ADMIN, SUPERVISOR, AUDITOR)
                .requestMatchers("/api/v1/users", "/api/v1/users/**")
                .hasRole(ADMIN)
                // What all organisations share is seen and changed only by those who see all organisations.
                .requestMatchers(
                        HttpMethod.GET,
                        "/api/v1/organisations/**",
                        "/api/v1/servers/**",
                        "/api/v1/roles/**",
                        "/api/v1/transitions/**",
                        "/api/v1/events/**",
                        "/api/v1/settings/**",
                        "/api/v1/services/**",
                        "/api/v1/trusted-certificates/**")
                .access(watchers)
                .requestMatchers(
                        "/api/v1/organisations/**",
                        "/api/v1/servers/**",
                        "/api/v1/events/**",
                        "/api/v1/settings/**",
                        "/api/v1/trusted-certificates/**")
                .access(operators)
                .requestMatchers(HttpMethod.GET, "/api/v1/zones/**")
                .hasAnyRole(ADMIN, SUPERVISOR, AUDITOR)
                .requestMatchers("/api/v1/zones/**")
                .access(operators)
                .requestMatchers("/api/v1/audit/**")
                .hasAnyRole(ADMIN, AUDITOR)
                // The list is nothing but phone numbers: not for auditors.
                .requestMatchers("/api/v1/do-not-call/**")
                .hasAnyRole(ADMIN, SUPERVISOR)
                .requestMatchers(HttpMethod.GET, "/api/v1/**")
                .hasAnyRole(ADMIN, SUPERVISOR, AUDITOR)
                .requestMatchers("/api/v1/**")
                .hasAnyRole(ADMIN, SUPERVISOR)
                .anyRequest()
                .denyAll();
    }

    private static AuthorizationManager<RequestAuthorizationContext> globally(String... roles) {
        return AuthorizationManagers.allOf(
                AuthorityAuthorizationManager.hasAnyRole(roles),
                AuthorityAuthorizationManager.hasAuthority(AppUser.GLOBAL));
    }
}
