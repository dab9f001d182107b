package dev.paddock.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class GatewayPropertiesTest {
    @Test
    void defaults() {
        GatewayProperties properties = bind(Map.of());
        assertThat(properties.windowTokens()).isEqualTo(32);
        assertThat(properties.verdictTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(properties.interruptedAfter()).isEqualTo(Duration.ofHours(2));
        assertThat(properties.textsKeptFor()).isEmpty();
        assertThat(properties.share(properties.concurrentAnswers())).isEqualTo(128);
    }

    @Test
    void everyValueIsRead() {
        GatewayProperties properties = bind(Map.ofEntries(
                Map.entry("paddock.gateway.window-tokens", "8"),
                Map.entry("paddock.gateway.verdict-timeout", "2s"),
                Map.entry("paddock.gateway.answer-timeout", "3m"),
                Map.entry("paddock.gateway.idle-timeout", "7s"),
                Map.entry("paddock.gateway.interrupted-after", "5h"),
                Map.entry("paddock.gateway.proxy-timeout", "8m"),
                Map.entry("paddock.gateway.deployments-max-age", "4s"),
                Map.entry("paddock.gateway.concurrent-answers", "5"),
                Map.entry("paddock.gateway.bodies-in-flight", "9MB"),
                Map.entry("paddock.gateway.key-share", "0.4"),
                Map.entry("paddock.gateway.concurrent-proxied", "6"),
                Map.entry("paddock.gateway.texts-kept-for", "a,b"),
                Map.entry("paddock.gateway.routes.dataset", "rows")));
        assertThat(properties)
                .isEqualTo(new GatewayProperties(
                        8,
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(3),
                        Duration.ofSeconds(7),
                        Duration.ofHours(5),
                        Duration.ofMinutes(8),
                        Duration.ofSeconds(4),
                        5,
                        DataSize.ofMegabytes(9),
                        0.4,
                        6,
                        java.util.Set.of("a", "b"),
                        Map.of("dataset", List.of("rows"))));
    }

    @Test
    void aWindowOfNothingIsRefused() {
        assertThatThrownBy(() -> bind(Map.of("paddock.gateway.window-tokens", "0")))
                .hasRootCauseMessage("paddock.gateway.window-tokens is 0; it must be 1 or more");
    }

    @Test
    void aLimitThatAnAnswerMayReachIsRefused() {
        assertThatThrownBy(() -> bind(Map.of("paddock.gateway.interrupted-after", "10m")))
                .hasRootCauseMessage(
                        "paddock.gateway.interrupted-after is PT10M; it must be longer than answer-timeout, PT10M");
    }

    @Test
    void roomForLessThanOneBodyOrNoShareIsRefused() {
        assertThatThrownBy(() -> bind(Map.of("paddock.gateway.bodies-in-flight", "1MB")))
                .hasRootCauseMessage("paddock.gateway.bodies-in-flight is 1048576B; it must be 8MB to 2000MB");
        assertThatThrownBy(() -> bind(Map.of("paddock.gateway.key-share", "0")))
                .hasRootCauseMessage("paddock.gateway.key-share is 0.0; it must be above 0 and at most 1");
    }

    private static GatewayProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("paddock.gateway", GatewayProperties.class);
    }
}
