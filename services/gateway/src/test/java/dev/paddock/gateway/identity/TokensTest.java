package dev.paddock.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.paddock.gateway.world.Callers;
import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.World;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@GatewayTest
class TokensTest {
    @Autowired
    private Callers callers;

    @Test
    void everyUserGetsATokenOfAnHourWithItsRole() throws ParseException {
        for (String user : World.USERS) {
            JWTClaimsSet claims = SignedJWT.parse(callers.token(user)).getJWTClaimsSet();
            assertThat(claims.getSubject()).isEqualTo(user);
            assertThat(claims.getAudience()).containsExactly("paddock");
            assertThat(claims.getIssuer()).isEqualTo(World.URL);
            assertThat(claims.getStringClaim("tenant")).isEqualTo("default");
            assertThat(claims.getStringListClaim("roles")).isEqualTo(List.of(user));
            assertThat(lifetime(claims)).isEqualTo(Duration.ofHours(1));
        }
    }

    @Test
    void everyServiceGetsATokenOfAQuarterOfAnHour() throws ParseException {
        for (String service : World.SERVICES) {
            JWTClaimsSet claims = SignedJWT.parse(callers.token(service)).getJWTClaimsSet();
            assertThat(claims.getSubject()).isEqualTo(service);
            assertThat(claims.getStringListClaim("roles")).containsExactly("service");
            assertThat(lifetime(claims)).isEqualTo(Duration.ofMinutes(15));
        }
    }

    @Test
    void aWrongSecretGetsNothing() {
        Callers.Reply reply = callers.askToken("engineer", "a-guess-of-that-secret");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().path("error").asString()).isEqualTo("invalid_client");
        assertThat(callers.askToken("nobody", "a-guess-of-that-secret").status())
                .isEqualTo(401);
    }

    @Test
    void aTokenOpensTheAdminApiAndItsHolderIsTold() {
        Callers.Reply me = callers.as("auditor", "GET", "/api/v1/me", "");
        assertThat(me.status()).isEqualTo(200);
        assertThat(me.json().path("subject").asString()).isEqualTo("auditor");
        assertThat(me.json().path("roles").path(0).asString()).isEqualTo("auditor");
    }

    @Test
    void discoveryNamesTheKeys() {
        Callers.Reply discovery = callers.bearer("", "GET", "/.well-known/openid-configuration", "");
        assertThat(discovery.json().path("jwks_uri").asString()).isEqualTo(World.URL + "/oauth2/jwks");
    }

    private static Duration lifetime(JWTClaimsSet claims) {
        return Duration.between(
                claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant());
    }
}
