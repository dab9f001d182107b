package dev.paddock.local.client;

import dev.paddock.local.home.Home;
import dev.paddock.local.home.Secrets;
import dev.paddock.local.home.UserError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Access tokens of the local suite's users, from its authorization server by their secrets in the home; cached until they near their end. */
public final class LocalTokens {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String gateway;
    private final Secrets secrets;
    private final Map<String, Token> known = new HashMap<>();

    private record Token(String value, Instant renewAt) {}

    public LocalTokens(Home home, String gateway) {
        this.gateway = gateway;
        this.secrets = Secrets.of(home);
    }

    /** A valid access token of one of the suite's users. */
    public synchronized String of(String user) {
        Token token = known.get(user);
        if (token == null || Instant.now().isAfter(token.renewAt())) {
            token = fetch(user);
            known.put(user, token);
        }
        return token.value();
    }

    private Token fetch(String user) {
        String credentials = Base64.getEncoder()
                .encodeToString((user + ":" + secrets.client(user)).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway + "/oauth2/token"))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new UserError(
                        "the authorization server refused " + user + " with status " + response.statusCode());
            }
            JsonNode answer = JSON.readTree(response.body());
            Duration life = Duration.ofSeconds(answer.path("expires_in").asLong());
            return new Token(
                    answer.path("access_token").asString(),
                    Instant.now().plus(life).minus(MARGIN));
        } catch (IOException e) {
            throw new UserError("the suite does not answer at " + gateway + ". Start it with: paddock start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted", e);
        }
    }
}
