package dev.paddock.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.ServiceTest;
import dev.paddock.testkit.TestApi;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The OpenAPI document is public, everything else is not. */
@ServiceTest
class OpenApiTest {
    @Autowired
    private TestApi api;

    @Test
    void itListsTheResources() {
        TestApi.Answer document = api.anonymous().get("/v3/api-docs");

        assertThat(document.status()).isEqualTo(200);
        assertThat(document.json().path("paths").has("/api/v1/approvals")).isTrue();
        assertThat(api.anonymous().get("/api/v1/approvals").status()).isEqualTo(401);
    }
}
