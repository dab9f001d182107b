package dev.paddock.kit.identity;

import java.net.http.HttpClient;
import java.time.Duration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
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
}
