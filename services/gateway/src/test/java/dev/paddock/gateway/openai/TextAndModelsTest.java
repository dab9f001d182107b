package dev.paddock.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.contracts.event.CloudEvents;
import dev.paddock.contracts.event.DeploymentChanged;
import dev.paddock.gateway.world.Callers;
import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.RegistryPart;
import dev.paddock.gateway.world.World;
import dev.paddock.kit.outbox.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@GatewayTest
class TextAndModelsTest {
    @Autowired
    private Callers callers;

    @Autowired
    private Outbox outbox;

    @Autowired
    private TransactionTemplate transaction;

    @BeforeEach
    void reset() {
        World.reset();
        changed();
        await().atMost(Duration.ofSeconds(20)).until(() -> models().size() == 2);
    }

    @Test
    void aListOfPromptsIsCompletedWithEchoAndLogprobs() {
        JsonNode answer = callers.application(
                        "/v1/completions",
                        "{\"model\":\"small-base\",\"prompt\":[\"A \",\"B \"],\"n\":2,\"echo\":true,\"logprobs\":1,\"max_tokens\":4}")
                .json();
        assertThat(answer.path("object").asString()).isEqualTo("text_completion");
        assertThat(answer.path("id").asString()).startsWith("cmpl-");
        assertThat(answer.path("choices").size()).isEqualTo(4);
        assertThat(answer.path("choices").path(2).path("text").asString()).isEqualTo("B All is well.");
        assertThat(answer.path("choices").path(2).path("index").asInt()).isEqualTo(2);
        JsonNode logprobs = answer.path("choices").path(0).path("logprobs");
        assertThat(logprobs.path("token_logprobs").get(0).isNull()).isTrue();
        assertThat(logprobs.path("token_logprobs").get(1).asDouble()).isEqualTo(-0.5);
        assertThat(logprobs.path("top_logprobs").get(0).isNull()).isTrue();
        assertThat(logprobs.path("text_offset").get(1).asInt()).isEqualTo(1);
        assertThat(World.WORKER.requests().get(0).model().adapter()).isNull();
        assertThat(World.WORKER.requests().get(0).model().base()).isEqualTo(RegistryPart.BASE_DIGEST);
    }

    @Test
    void offsetsCountFromThePromptAlsoWhereItIsNotRepeated() {
        String asked = "{\"model\":\"small-base\",\"prompt\":[\"A \",\"four\"],\"logprobs\":1}";
        JsonNode choices = callers.application("/v1/completions", asked).json().path("choices");
        assertThat(choices.path(0).path("logprobs").path("text_offset").toString())
                .isEqualTo("[2,3,4,5]");
        assertThat(choices.path(1).path("logprobs").path("text_offset").toString())
                .isEqualTo("[4,5,6,7]");
        assertThat(callers.application("/v1/completions", asked.replace("}", ",\"stream\":true}"))
                        .response()
                        .body())
                .contains("\"text_offset\":[2]");
    }

    @Test
    void aPromptIsScoredWithoutGenerating() {
        World.WORKER.say();
        Callers.Reply reply = callers.application(
                "/v1/completions",
                "{\"model\":\"small-base\",\"prompt\":\"score me\",\"echo\":true,\"logprobs\":0,\"max_tokens\":0}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("choices").path(0).path("text").asString()).isEqualTo("score me");
        assertThat(World.GUARD.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "echo":false                               | 16
            "max_tokens":5                             | 5
            "max_completion_tokens":7                  | 7
            "max_tokens":5,"max_completion_tokens":7   | 7
            """)
    void anAnswersTokensAreLimitedInEitherName(String field, int most) {
        Callers.Reply reply =
                callers.application("/v1/completions", "{\"model\":\"small-base\",\"prompt\":\"go\"," + field + "}");
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        assertThat(World.WORKER.requests().get(0).sampling().maxTokens()).isEqualTo(most);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "max_completion_tokens":0                  | max_completion_tokens
            "max_tokens":0                             | max_tokens
            "max_tokens":-5,"max_completion_tokens":7  | max_tokens
            "stream_options":{}                        | stream_options
            """)
    void aMistakeNamesItsParameter(String field, String param) {
        Callers.Reply reply =
                callers.application("/v1/completions", "{\"model\":\"small-base\",\"prompt\":\"go\"," + field + "}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").path("param").asString()).isEqualTo(param);
    }

    @Test
    void oneUnsafePromptWithholdsAll() {
        JsonNode answer = callers.application(
                        "/v1/completions", "{\"model\":\"small-base\",\"prompt\":[\"fine\",\"poison\"]}")
                .json();
        assertThat(answer.path("choices").size()).isEqualTo(2);
        assertThat(answer.path("choices").path(0).path("finish_reason").asString())
                .isEqualTo("content_filter");
        assertThat(answer.path("choices").path(0).path("refusal").asString()).isNotEmpty();
        assertThat(World.WORKER.requests()).isEmpty();
    }

    @Test
    void completionsStream() {
        String body = callers.application(
                        "/v1/completions", "{\"model\":\"small-base\",\"prompt\":\"go\",\"stream\":true}")
                .response()
                .body();
        assertThat(body).contains("\"text\":\" is\"").endsWith("data: [DONE]\n\n");
    }

    @Test
    void anAdaptersParentIsItsBaseAndGuardsAndOtherTenantsStayHidden() {
        List<JsonNode> models = models();
        assertThat(models).extracting(model -> model.path("id").asString()).containsExactly("small-base", "tickets");
        assertThat(models.get(0).get("parent").isNull()).isTrue();
        assertThat(models.get(1).path("parent").asString()).isEqualTo("small-base");
        assertThat(callers.application("/v1/models/tickets", "")
                        .json()
                        .path("id")
                        .asString())
                .isEqualTo("tickets");
        for (String hidden : new String[] {"guard", "secret-of-other", "nothing/at-all"}) {
            Callers.Reply reply = callers.application("/v1/models/" + hidden, "");
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.json().path("error").path("code").asString()).isEqualTo("model_not_found");
        }
    }

    @Test
    void aChangedDeploymentIsSeenAndAnUnknownOneIsNotServed() {
        int asked = World.REGISTRY.asked();
        models();
        assertThat(World.REGISTRY.asked()).isEqualTo(asked);
        World.REGISTRY.serve(List.of(RegistryPart.base("default")));
        changed();
        await().atMost(Duration.ofSeconds(10)).until(() -> models().size() == 1);
        World.REGISTRY.beAway();
        changed();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> callers.application("/v1/models", "").status() == 503);
        Callers.Reply refused =
                callers.application("/v1/completions", "{\"model\":\"small-base\",\"prompt\":\"hello\"}");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json().path("error").path("code").asString()).isEqualTo("deployments_unknown");
    }

    @Test
    void moderationsTellTheVerdict() {
        JsonNode answer = callers.application("/v1/moderations", "{\"input\":[\"fine\",\"poison\"]}")
                .json();
        assertThat(answer.path("results").path(0).path("flagged").asBoolean()).isFalse();
        assertThat(answer.path("results").path(1).path("flagged").asBoolean()).isTrue();
        assertThat(answer.path("results").path(1).path("categories").path("S2").asBoolean())
                .isTrue();
        assertThat(answer.path("results")
                        .path(1)
                        .path("category_scores")
                        .path("S2")
                        .asDouble())
                .isEqualTo(0.99);
    }

    private List<JsonNode> models() {
        List<JsonNode> models = new java.util.ArrayList<>();
        callers.application("/v1/models", "").json().path("data").forEach(models::add);
        return models;
    }

    /** What model-registry would tell over Kafka. */
    private void changed() {
        DeploymentChanged event = new DeploymentChanged(UUID.randomUUID(), "any", null, "LIVE", "engineer");
        UUID id = UUID.randomUUID();
        transaction.executeWithoutResult(status -> outbox.send(
                id,
                "default",
                event.topic(),
                event.subject(),
                CloudEvents.write(CloudEvents.wrap(event, "model-registry", "default", id, Instant.now()))));
    }
}
