package dev.paddock.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.TestApi;
import org.junit.jupiter.api.Test;

/** The OpenAPI document is public, everything else is not. */
class OpenApiTest extends GuardStory {

    @Test
    void itListsTheResources() {
        TestApi.Answer document = api.anonymous().get("/v3/api-docs");

        assertThat(document.status()).isEqualTo(200);
        assertThat(document.json().path("paths").has("/api/v1/policies")).isTrue();
        assertThat(api.anonymous().get("/api/v1/policies").status()).isEqualTo(401);
    }
}
