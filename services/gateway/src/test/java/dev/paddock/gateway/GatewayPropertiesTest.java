package dev.paddock.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class GatewayPropertiesTest {
    @Test
    void defaults() {
        GatewayProperties properties = bind(Map.of());
        assertThat(properties.windowTokens()).isEqualTo(32);
        assertThat(properties.verdictTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(properties.textsKeptFor()).isEmpty();
    }

    @Test
    void everyValueIsRead() {
        GatewayProperties properties = bind(Map.ofEntries(
                Map.entry("paddock.gateway.window-tokens", "8"),
                Map.entry("paddock.gateway.verdict-timeout", "2s"),
                Map.entry("paddock.gateway.answer-timeout", "3m"),
                Map.entry("paddock.gateway.idle-timeout", "7s"),
                Map.entry("paddock.gateway.proxy-timeout", "8m"),
                Map.entry("paddock.gateway.deployments-max-age", "4s"),
                Map.entry("paddock.gateway.concurrent-answers", "5"),
                Map.entry("paddock.gateway.concurrent-proxied", "6"),
                Map.entry("paddock.gateway.texts-kept-for", "a,b"),
                Map.entry("paddock.gateway.routes.dataset", "rows")));
        assertThat(properties)
                .isEqualTo(new GatewayProperties(
                        8,
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(3),
                        Duration.ofSeconds(7),
                        Duration.ofMinutes(8),
                        Duration.ofSeconds(4),
                        5,
                        6,
                        java.util.Set.of("a", "b"),
                        Map.of("dataset", List.of("rows"))));
    }

    @Test
    void aWindowOfNothingIsRefused() {
        assertThatThrownBy(() -> bind(Map.of("paddock.gateway.window-tokens", "0")))
                .hasRootCauseMessage("paddock.gateway.window-tokens is 0; it must be 1 or more");
    }

    private static GatewayProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("paddock.gateway", GatewayProperties.class);
    }
}
