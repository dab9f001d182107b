package dev.paddock.kit.identity;

import java.util.List;
import java.util.Objects;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

/** Verifies signature, times, issuer and audience of access tokens; the issuer's keys are fetched at the first token. */
final class TokenDecoders {
    private TokenDecoders() {}

    static JwtDecoder of(IdentityProperties identity) {
        return new SupplierJwtDecoder(() -> build(identity));
    }

    private static JwtDecoder build(IdentityProperties identity) {
        NimbusJwtDecoder decoder = identity.jwkSetUri() == null
                ? JwtDecoders.fromIssuerLocation(identity.issuer())
                : NimbusJwtDecoder.withJwkSetUri(identity.jwkSetUri().toString())
                        .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(identity.issuer()),
                new JwtClaimValidator<List<String>>(
                        "aud",
                        audience -> Objects.nonNull(audience) && audience.contains(IdentityProperties.AUDIENCE))));
        return decoder;
    }
}
