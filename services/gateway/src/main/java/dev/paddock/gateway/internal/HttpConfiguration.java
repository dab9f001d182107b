package dev.paddock.gateway.internal;

import java.net.http.HttpClient;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One HTTP/1.1 client for everything behind the gateway; redirects are passed on, not followed. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {
    @Bean
    HttpClient upstreamHttp() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(3))
                .build();
    }
}
