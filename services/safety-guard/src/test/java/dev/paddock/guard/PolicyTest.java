package dev.paddock.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.TestApi;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Policies in versions, and that verdicts follow them. */
class PolicyTest extends GuardStory {
    @Test
    void everyTenantHasADefaultPolicyFromTheFirstLook() {
        JsonNode items = as("engineer").get("/api/v1/policies").json().path("items");

        assertThat(items).hasSize(1);
        assertThat(items.path(0).path("name").asString()).isEqualTo("default");
        assertThat(items.path(0).path("categories")).hasSize(6);
        assertThat(items.path(0).path("version").asInt()).isEqualTo(1);
    }

    @Test
    void theSameNameAgainIsTheNextVersionAndVerdictsFollowIt() {
        deployedGuard();
        assertThat(judge("user", "user:bomb").json().path("safe").asBoolean(true))
                .isFalse();

        TestApi.Answer published = publish("default", 0.99, null);

        assertThat(published.status()).as(published.text()).isEqualTo(201);
        assertThat(published.header("ETag")).isEqualTo("\"2\"");
        JsonNode verdict = judge("user", "user:bomb").json();
        assertThat(verdict.path("safe").asBoolean()).isTrue();
        assertThat(verdict.path("policyVersion").asInt()).isEqualTo(2);
        String prompt = Objects.requireNonNull(
                        worker.requests.get(worker.requests.size() - 1).prompts())
                .get(0);
        assertThat(prompt).contains("X1: Secrets.").doesNotContain("Self-Harm");
        String path = "/api/v1/policies/" + published.json().path("id").asString();
        assertThat(as("safety").get(path + "?version=1").json().path("categories"))
                .hasSize(6);
        assertThat(as("safety").get(path + "/versions").json().path("items")).hasSize(2);
    }

    @Test
    void aNamedPolicyJudgesWithItsOwnGuard() {
        UUID first = deployedGuard();
        deployedGuard();

        UUID policy = UUID.fromString(
                publish("strict", 0.01, first).json().path("id").asString());

        JsonNode verdict = judge(policy, "user", "user:How do I bake bread?").json();
        assertThat(verdict.path("safe").asBoolean(true)).isFalse();
        assertThat(verdict.path("guardVersionId").asString()).isEqualTo(first.toString());
    }

    @Test
    void whatBreaksARuleIsRefused() {
        assertThat(publish("Loud Name", 0.5, null).status()).isEqualTo(400);
        assertThat(publish("strict", 1.0, null).json().path("detail").asString())
                .contains("threshold");
        assertThat(code(publish("strict", 0.5, UUID.randomUUID()))).isEqualTo("no-guard-model");
        Map<String, Object> twice = new HashMap<>(Map.of("name", "twice", "categories", List.of(category(), category())));
        assertThat(as("safety").post("/api/v1/policies", twice).json().path("detail").asString())
                .contains("X1");
        assertThat(as("engineer").post("/api/v1/policies", twice).status()).isEqualTo(403);
        assertThat(as("safety")
                        .header("If-Match", "\"7\"")
                        .post("/api/v1/policies", Map.of("name", "new", "categories", List.of(category())))
                        .status())
                .isEqualTo(412);
    }

    private TestApi.Answer publish(String name, double threshold, @org.jspecify.annotations.Nullable UUID guard) {
        Map<String, Object> policy = new HashMap<>(
                Map.of("name", name, "categories", List.of(category()), "threshold", threshold));
        if (guard != null) {
            policy.put("guardVersionId", guard);
        }
        return as("safety").post("/api/v1/policies", policy);
    }

    private static Map<String, String> category() {
        return Map.of("code", "X1", "name", "Secrets", "description", "Passwords and keys.");
    }
}
