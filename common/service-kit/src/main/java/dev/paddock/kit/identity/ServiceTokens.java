package dev.paddock.kit.identity;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.ProblemException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** This service's own access token (client credentials), kept until shortly before it expires. */
public class ServiceTokens {
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final IdentityProperties identity;
    private final RestClient client;
    private @Nullable Held held;

    public ServiceTokens(IdentityProperties identity) {
        this.identity = identity;
        SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
        requests.setConnectTimeout(Duration.ofSeconds(3));
        requests.setReadTimeout(Duration.ofSeconds(10));
        this.client = RestClient.builder().requestFactory(requests).build();
    }

    /** The token as it stands in the header {@code Authorization} after {@code Bearer}. */
    public synchronized String token() {
        if (held == null || Instant.now().isAfter(held.until())) {
            held = fetch();
        }
        return held.token();
    }

    private Held fetch() {
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        form.add("grant_type", "client_credentials");
        try {
            TokenAnswer answer = client.post()
                    .uri(required(identity.tokenUri(), "token-uri"))
                    .headers(headers -> headers.setBasicAuth(
                            required(identity.clientId(), "client-id"),
                            required(identity.clientSecret(), "client-secret")))
                    .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                    .body(form)
                    .retrieve()
                    .body(TokenAnswer.class);
            TokenAnswer given = Objects.requireNonNull(answer, "the issuer's answer is empty");
            Instant until = Instant.now().plusSeconds(given.expiresIn()).minus(MARGIN);
            return new Held(given.accessToken(), until);
        } catch (RestClientException e) {
            URI uri = identity.tokenUri();
            throw new ProblemException(CommonProblem.UNAVAILABLE, "no service token from " + uri, e);
        }
    }

    private static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalStateException("set paddock.identity." + name + " so that this service can call others");
        }
        return value;
    }

    private record Held(String token, Instant until) {}

    private record TokenAnswer(
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("expires_in") long expiresIn) {}
}
