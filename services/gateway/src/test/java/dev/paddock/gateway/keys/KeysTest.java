package dev.paddock.gateway.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.gateway.world.Callers;
import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.World;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@GatewayTest
class KeysTest {
    @Autowired
    private Callers callers;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void reset() {
        World.reset();
    }

    @Test
    void aKeyIsToldOnceKeptAsDigestAndOpensOnlyTheModels() {
        Callers.Reply created = create("{\"name\":\"reports\"}");
        assertThat(created.status()).isEqualTo(201);
        String value = created.json().path("value").asString();
        assertThat(value).matches("pk-[A-Za-z0-9_-]{43}");
        assertThat(callers.bearer(value, "GET", "/v1/models", "").status()).isEqualTo(200);
        assertThat(callers.bearer(value, "GET", "/api/v1/me", "").status()).isEqualTo(401);

        String row = jdbc.sql("SELECT application_key::text FROM application_key WHERE id = :id")
                .param("id", id(created))
                .query(String.class)
                .single();
        assertThat(row).doesNotContain(value).contains("sha256:");
        JsonNode listed = key(id(created));
        assertThat(listed.has("value")).isFalse();
        assertThat(listed.path("hint").asString()).isEqualTo(value.substring(value.length() - 4));
        assertThat(listed.path("lastUsedAt").isMissingNode()).isFalse();
    }

    @Test
    void aRevokedKeyOpensNothing() {
        Callers.Reply created = create("{\"name\":\"to revoke\"}");
        String value = created.json().path("value").asString();
        assertThat(callers.as("platform", "DELETE", "/api/v1/keys/" + id(created), "")
                        .status())
                .isEqualTo(204);
        Callers.Reply refused = callers.bearer(value, "GET", "/v1/models", "");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().path("error").path("code").asString()).isEqualTo("invalid_api_key");
        assertThat(key(id(created)).path("state").asString()).isEqualTo("REVOKED");
    }

    @Test
    void anExpiredKeyOpensNothing() throws InterruptedException {
        Callers.Reply created = create("{\"name\":\"short\",\"expiresIn\":\"PT0.2S\"}");
        Thread.sleep(300);
        Callers.Reply refused = callers.bearer(created.json().path("value").asString(), "GET", "/v1/models", "");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().path("error").path("code").asString()).isEqualTo("invalid_api_key");
        assertThat(key(id(created)).path("state").asString()).isEqualTo("EXPIRED");
    }

    @Test
    void anIdempotencyKeyMakesOneKeyAndItsValueIsNotStored() {
        String once = UUID.randomUUID().toString();
        Callers.Reply first = createOnce(once);
        Callers.Reply second = createOnce(once);
        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.json().path("code").asString()).isEqualTo("key-already-made");
        assertThat(second.json().path("detail").asString()).contains(id(first).toString());
        assertThat(jdbc.sql("SELECT count(*) FROM idempotency_key")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aWrongOrderNamesItsField() {
        assertThat(create("{\"name\":\"\"}").status()).isEqualTo(400);
        Callers.Reply negative = create("{\"name\":\"x\",\"expiresIn\":\"PT-1S\"}");
        assertThat(negative.status()).isEqualTo(400);
        assertThat(negative.response().body()).contains("expiresIn");
        assertThat(callers.as("platform", "DELETE", "/api/v1/keys/" + new UUID(1, 1), "")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void otherTokensDoNotOpenTheModels() {
        for (String token : new String[] {"", "pk-guess", callers.token("platform"), callers.token("worker")}) {
            Callers.Reply refused = callers.bearer(token, "GET", "/v1/models", "");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.json().path("error").path("code").asString()).isEqualTo("invalid_api_key");
        }
    }

    private Callers.Reply create(String body) {
        return callers.as("platform", "POST", "/api/v1/keys", body);
    }

    private Callers.Reply createOnce(String once) {
        return callers.send(Callers.request(callers.token("platform"), "/api/v1/keys")
                .header("Idempotency-Key", once)
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"name\":\"once\"}")));
    }

    private JsonNode key(UUID id) {
        return callers.as("auditor", "GET", "/api/v1/keys/" + id, "").json();
    }

    private static UUID id(Callers.Reply created) {
        return UUID.fromString(created.json().path("id").asString());
    }
}
