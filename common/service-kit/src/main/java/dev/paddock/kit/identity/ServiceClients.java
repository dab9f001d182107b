package dev.paddock.kit.identity;

import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.ProblemException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** HTTP clients for the other services, with this service's identity and on behalf of a tenant. */
public class ServiceClients {
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

    private final ServiceAddresses addresses;
    private final ServiceTokens tokens;
    private final String service;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public ServiceClients(ServiceAddresses addresses, ServiceTokens tokens, String service) {
        this.addresses = addresses;
        this.tokens = tokens;
        this.service = service;
    }

    /** A client of the named service ({@code paddock.services.<name>}). */
    public RestClient to(String name, String tenant) {
        return at(addresses.of(name).toString(), tenant, READ_TIMEOUT);
    }

    /** A client of a part of the suite at an address that it announced itself, for example a worker. */
    public RestClient at(String baseUrl, String tenant, Duration readTimeout) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(readTimeout);
        return RestClient.builder()
                .baseUrl(baseUrl)
                .requestFactory(requests)
                .configureMessageConverters(converters -> converters
                        .registerDefaults()
                        .withJsonConverter(
                                new org.springframework.http.converter.json.JacksonJsonHttpMessageConverter(json)))
                .defaultHeader("User-Agent", "paddock-" + service)
                .defaultHeader(Caller.TENANT_HEADER, tenant)
                .requestInterceptor(new IdentityInterceptor(tokens))
                .defaultStatusHandler(new RemoteProblems(json))
                .build();
    }

    /**
     * What a named service answers to GET, read while it comes and closed by the caller.
     *
     * @param longest time for the whole answer
     * @throws ProblemException with the service's own problem, or that it does not answer
     */
    public InputStream stream(String name, String tenant, Duration longest, String path, Object... variables) {
        RemoteProblems problems = new RemoteProblems(json);
        try {
            InputStream body = at(addresses.of(name).toString(), tenant, longest)
                    .get()
                    .uri(path, variables)
                    .exchange(
                            (request, response) -> {
                                if (problems.hasError(response)) {
                                    problems.handleError(request.getURI(), request.getMethod(), response);
                                }
                                return response.getBody();
                            },
                            false);
            return Objects.requireNonNull(body);
        } catch (ResourceAccessException e) {
            throw new ProblemException(CommonProblem.UNAVAILABLE, "no " + name + " answers: try again later", e);
        }
    }
}
