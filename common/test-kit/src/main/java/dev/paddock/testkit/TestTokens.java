package dev.paddock.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** An issuer of signed access tokens that serves its keys, and tokens for services, over HTTP. */
public final class TestTokens implements AutoCloseable {
    private static final Duration LIFE = Duration.ofHours(1);
    private final RSAKey key;
    private final HttpServer server;

    TestTokens() {
        try {
            key = new RSAKeyGenerator(2048)
                    .keyID("test")
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        } catch (JOSEException | IOException e) {
            throw new IllegalStateException("no token issuer", e);
        }
        server.createContext("/jwks", exchange -> answer(exchange, new JWKSet(key.toPublicJWK()).toString()));
        server.createContext("/token", exchange -> {
            String token = token("service-client", "default", "service");
            answer(exchange, "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
        });
        server.start();
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A token of the local suite's kind: user and role have the same name, tenant {@code default}. */
    public String token(String role) {
        return token(role, "default", role);
    }

    public String token(String user, String tenant, String... roles) {
        return sign(issuer(), user, tenant, "paddock", Instant.now().plus(LIFE), roles);
    }

    public String expired(String user, String tenant, String... roles) {
        return sign(issuer(), user, tenant, "paddock", Instant.now().minus(LIFE), roles);
    }

    public String forAudience(String audience, String user, String tenant, String... roles) {
        return sign(issuer(), user, tenant, audience, Instant.now().plus(LIFE), roles);
    }

    private String sign(String issuer, String user, String tenant, String audience, Instant until, String... roles) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(user)
                .audience(audience)
                .issueTime(Date.from(until.minus(LIFE)))
                .expirationTime(Date.from(until))
                .claim("tenant", tenant)
                .claim("roles", List.of(roles))
                .build();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
        try {
            jwt.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwt.serialize();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
