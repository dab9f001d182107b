package dev.paddock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.gateway.world.Callers;
import dev.paddock.gateway.world.GatewayTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@GatewayTest
class DocumentsTest {
    @Autowired
    private Callers callers;

    @Test
    void openApiHealthAndMetricsAnswer() {
        Callers.Reply document = callers.bearer("", "GET", "/v3/api-docs", "");
        assertThat(document.status()).isEqualTo(200);
        assertThat(document.json().path("paths").propertyNames())
                .contains("/v1/chat/completions", "/v1/models", "/api/v1/keys", "/api/v1/keys/{id}")
                .doesNotContain("/api/v1/**");
        assertThat(callers.bearer("", "GET", "/actuator/health", "").status()).isEqualTo(200);
        assertThat(callers.as("platform", "GET", "/actuator/prometheus", "").status())
                .isEqualTo(200);
    }

    @Test
    void everyServicesOpenApiIsReadThroughTheGateway() {
        Callers.Reply dataset = callers.as("auditor", "GET", "/api/v1/openapi/dataset?x=1", "");
        assertThat(dataset.json().path("path").asString()).isEqualTo("/v3/api-docs");
        assertThat(dataset.json().path("query").asString()).isEqualTo("x=1");
        Callers.Reply own = callers.as("auditor", "GET", "/api/v1/openapi/gateway", "");
        assertThat(own.json().path("paths").has("/api/v1/keys")).isTrue();
        assertThat(own.json().path("servers").path(0).path("url").asString()).isEqualTo("/");
        assertThat(callers.as("auditor", "GET", "/api/v1/openapi/worker", "").status())
                .isEqualTo(404);
        assertThat(callers.bearer("", "GET", "/api/v1/openapi/dataset", "").status())
                .isEqualTo(401);
    }
}
