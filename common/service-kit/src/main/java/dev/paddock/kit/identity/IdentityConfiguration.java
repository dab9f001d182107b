package dev.paddock.kit.identity;

import dev.paddock.kit.problem.ProblemWriter;
import jakarta.servlet.DispatcherType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

/** Bearer tokens and the access table on every path; chains of higher precedence may take paths of their own. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({IdentityProperties.class, ServiceAddresses.class})
public class IdentityConfiguration {
    @Bean
    AccessTable accessTable() {
        return AccessTable.load();
    }

    @Bean
    @ConditionalOnMissingBean
    JwtDecoder jwtDecoder(IdentityProperties identity) {
        return TokenDecoders.of(identity);
    }

    @Bean
    ProblemSecurityHandlers problemSecurityHandlers(ProblemWriter writer, AccessTable table) {
        return new ProblemSecurityHandlers(writer, table);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    SecurityFilterChain paddockSecurityFilterChain(
            HttpSecurity http, AccessTable table, JwtDecoder decoder, ProblemSecurityHandlers problems) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                        .permitAll()
                        .anyRequest()
                        .access(new AccessManager(table)))
                .oauth2ResourceServer(server -> server.authenticationEntryPoint(problems)
                        .accessDeniedHandler(problems)
                        .jwt(jwt -> jwt.decoder(decoder).jwtAuthenticationConverter(new CallerConverter())))
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .build();
    }

    @Bean
    ServiceTokens serviceTokens(IdentityProperties identity) {
        return new ServiceTokens(identity);
    }

    @Bean
    ServiceClients serviceClients(ServiceAddresses addresses, ServiceTokens tokens, Environment environment) {
        return new ServiceClients(addresses, tokens, environment.getProperty("paddock.service", "paddock"));
    }
}
