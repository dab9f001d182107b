package dev.paddock.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.worker.models.ServingProperties;
import java.util.Map;
import org.apache.coyote.http11.Http11NioProtocol;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

class ServingThreadsTest {
    @Test
    void thereAreMoreThreadsThanPlacesInAModelsQueue() {
        ServingProperties properties = new Binder(new MapConfigurationPropertySource(
                        Map.of("paddock.serving.running", "100", "paddock.serving.waiting", "500")))
                .bindOrCreate("paddock.serving", ServingProperties.class);
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory();
        new ServingThreads(properties).customize(factory);
        Http11NioProtocol protocol = new Http11NioProtocol();

        factory.getProtocolHandlerCustomizers().forEach(customizer -> customize(customizer, protocol));

        assertThat(protocol.getMaxThreads()).isGreaterThan(600);
    }

    @SuppressWarnings("unchecked")
    private static void customize(
            org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer<?> customizer, Http11NioProtocol protocol) {
        ((org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer<Http11NioProtocol>) customizer)
                .customize(protocol);
    }
}
