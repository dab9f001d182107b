package dev.paddock.gateway.identity;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.paddock.kit.identity.IdentityProperties;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/** The local suite's own OpenID Connect issuer; in production {@code paddock.identity.issuer} names the company's. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("paddock.identity.embedded")
class EmbeddedIssuer {
    /** Hashes stay in memory and secrets are random, so a low cost serves; it keeps the start short. */
    private static final int BCRYPT_COST = 6;

    @Bean
    PasswordEncoder passwordEncoder() {
        return new BCryptPasswordEncoder(BCRYPT_COST);
    }

    @Bean
    PortalClient portalClient() {
        return PortalClient.random();
    }

    @Bean
    RegisteredClientRepository registeredClients(
            LocalClients clients, PortalClient portal, IdentityProperties identity, PasswordEncoder encoder) {
        return ClientRegistry.of(clients, portal, identity.issuer(), encoder);
    }

    @Bean
    UserDetailsService users(LocalClients clients, PasswordEncoder encoder) {
        List<UserDetails> users = clients.clients().entrySet().stream()
                .filter(client -> LocalClients.isUser(client.getKey()))
                .map(client -> User.withUsername(client.getKey())
                        .password(encoder.encode(client.getValue().secret()))
                        .build())
                .toList();
        return new InMemoryUserDetailsManager(users);
    }

    @Bean
    JWKSource<SecurityContext> signingKeys(LocalClients clients) {
        Path file = clients.signingKey();
        if (file == null) {
            throw new IllegalStateException(
                    "set paddock.identity.signing-key to a file for the signing key, since paddock.identity.embedded is on");
        }
        return new ImmutableJWKSet<>(new JWKSet(SigningKey.load(file)));
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> tokenClaims(LocalClients clients) {
        return new TokenClaims(clients);
    }

    @Bean
    OAuth2AuthorizationService authorizations() {
        return new ShortLivedAuthorizations();
    }

    @Bean
    AuthorizationServerSettings authorizationServerSettings(IdentityProperties identity) {
        return AuthorizationServerSettings.builder().issuer(identity.issuer()).build();
    }
}
