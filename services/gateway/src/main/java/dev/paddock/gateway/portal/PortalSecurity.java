package dev.paddock.gateway.portal;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.logout.HttpStatusReturningLogoutSuccessHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** The portal's pages are public and empty; what they show is read with the session that the issuer's login gave. */
@Configuration(proxyBeanMethods = false)
class PortalSecurity {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final int BEFORE_SECURITY = -200;

    @Bean
    OAuth2AuthorizedClientRepository portalSessions() {
        return new HttpSessionOAuth2AuthorizedClientRepository();
    }

    @Bean
    @Order(3)
    SecurityFilterChain portalSecurityFilterChain(
            HttpSecurity http, PortalRegistration registration, OAuth2AuthorizedClientRepository portalSessions) {
        HttpSessionSecurityContextRepository contexts = new HttpSessionSecurityContextRepository();
        contexts.setSpringSecurityContextKey("PORTAL_SECURITY_CONTEXT");
        return http.securityMatcher(
                        "/", "/portal/**", "/favicon.ico", "/oauth2/authorization/**", "/login/oauth2/code/**")
                .securityContext(context -> context.securityContextRepository(contexts))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(CsrfConfigurer::spa)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
                .oauth2Login(login -> login.clientRegistrationRepository(registration)
                        .authorizedClientRepository(portalSessions)
                        .loginPage(PortalRegistration.LOGIN)
                        .defaultSuccessUrl("/", true)
                        .failureUrl("/?login=failed"))
                .logout(logout -> logout.logoutUrl("/portal/logout")
                        .logoutSuccessHandler(new HttpStatusReturningLogoutSuccessHandler(HttpStatus.NO_CONTENT)))
                .build();
    }

    @Bean
    FilterRegistrationBean<SessionBearerFilter> sessionBearerFilter(OAuth2AuthorizedClientRepository portalSessions) {
        FilterRegistrationBean<SessionBearerFilter> filter =
                new FilterRegistrationBean<>(new SessionBearerFilter(portalSessions));
        filter.addUrlPatterns("/api/v1/*");
        filter.setOrder(BEFORE_SECURITY);
        return filter;
    }
}
