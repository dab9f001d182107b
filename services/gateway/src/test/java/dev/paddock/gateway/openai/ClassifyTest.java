package dev.paddock.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.gateway.world.Callers;
import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.RegistryPart;
import dev.paddock.gateway.world.World;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@GatewayTest
class ClassifyTest {
    private static final String PATH = "/v1/classify";

    @Autowired
    private Callers callers;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void reset() {
        World.reset();
        World.WORKER.label(false);
    }

    private static String request(String input) {
        return "{\"model\":\"tickets\",\"input\":" + input + "}";
    }

    @Test
    void textsGetLabelsAndTheAnswerIsOnRecord() {
        Callers.Reply reply = callers.application(PATH, request("[\"my card\",\"top up\"]"));
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        JsonNode answer = reply.json();
        assertThat(answer.path("id").asString()).startsWith("classify-").isEqualTo(reply.header("x-paddock-answer"));
        assertThat(answer.path("object").asString()).isEqualTo("list");
        assertThat(answer.path("model").asString()).isEqualTo("tickets");
        assertThat(answer.path("data").toString())
                .isEqualTo("[{\"index\":0,\"label\":\"no\",\"probs\":[0.25,0.75],\"num_classes\":2},"
                        + "{\"index\":1,\"label\":\"no\",\"probs\":[0.25,0.75],\"num_classes\":2}]");
        assertThat(answer.path("usage").toString())
                .isEqualTo("{\"prompt_tokens\":10,\"completion_tokens\":0,\"total_tokens\":10}");
        assertThat(World.WORKER.classified().get(0).inputs())
                .containsExactly(List.of(ChatMessage.of("user", "my card")), List.of(ChatMessage.of("user", "top up")));
        assertThat(World.WORKER.classified().get(0).model().adapter()).isEqualTo(RegistryPart.ADAPTER_DIGEST);
        assertThat(World.GUARD.requests())
                .as("one input verdict each, none on labels")
                .hasSize(2);
        assertThat(reason(answer.path("id").asString())).isEqualTo("stop");
    }

    private String reason(String answer) {
        return jdbc.sql("SELECT finish_reason FROM answer WHERE id = :id")
                .param("id", answer)
                .query(String.class)
                .single();
    }

    @Test
    void aConversationGetsSpans() {
        World.WORKER.label(true);
        JsonNode answer = callers.application(
                        PATH,
                        request(
                                "[{\"role\":\"developer\",\"content\":\"Find.\"},{\"role\":\"user\",\"content\":\"noon\"}]"))
                .json();
        assertThat(answer.path("data").toString())
                .isEqualTo(
                        "[{\"index\":0,\"num_classes\":2,\"spans\":[{\"start\":0,\"end\":4,\"label\":\"yes\",\"score\":0.75}]}]");
        assertThat(World.WORKER.classified().get(0).inputs())
                .containsExactly(List.of(ChatMessage.of("system", "Find."), ChatMessage.of("user", "noon")));
    }

    @Test
    void anUnsafeTextIsOnRecordAndNoneGetsALabel() {
        Callers.Reply reply = callers.application(PATH, request("[\"fine\",\"poison\"]"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").path("code").asString()).isEqualTo("content_filter");
        assertThat(reply.json().path("error").path("param").asString()).isEqualTo("input");
        assertThat(World.WORKER.classified()).isEmpty();
        assertThat(jdbc.sql(
                                "SELECT count(*) FROM answer WHERE id LIKE 'classify-%' AND finish_reason = 'content_filter'")
                        .query(Integer.class)
                        .single())
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"input\":\"a\"};400;model;missing_required_parameter",
                "{\"model\":\"tickets\"};400;input;missing_required_parameter",
                "{\"model\":\"tickets\",\"input\":[]};400;input;invalid_value",
                "{\"model\":\"tickets\",\"input\":[\"a\",5]};400;input;invalid_value",
                "{\"model\":\"tickets\",\"input\":[\"a\",\" \"]};400;input;invalid_value",
                "{\"model\":\"tickets\",\"input\":5};400;input;invalid_value",
                "{\"model\":\"tickets\",\"input\":[{\"role\":\"x\",\"content\":\"a\"}]};400;input[0].role;invalid_value",
                "{\"model\":\"nothing\",\"input\":\"a\"};404;model;model_not_found",
            })
    void aMistakeNamesItsParameter(String body, int status, String param, String code) {
        Callers.Reply reply = callers.application(PATH, body);
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(status);
        assertThat(reply.json().path("error").path("param").asString()).isEqualTo(param);
        assertThat(reply.json().path("error").path("code").asString()).isEqualTo(code);
    }

    @Test
    void modelsOfTheOtherKindSayWhereTheyAreAsked() {
        World.WORKER.refuse(422, "not-a-classifier", "adapter gives no labels");
        JsonNode error = callers.application(PATH, request("\"a\"")).json().path("error");
        assertThat(error.path("code").asString()).isEqualTo("not_a_classifier");
        assertThat(error.path("param").asString()).isEqualTo("model");
        assertThat(error.path("message").asString()).contains("'tickets' gives no labels", "/v1/chat/completions");
        World.WORKER.refuse(422, "gives-labels", "adapter gives labels");
        error = callers.application(
                        "/v1/chat/completions",
                        "{\"model\":\"tickets\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}")
                .json()
                .path("error");
        assertThat(error.path("code").asString()).isEqualTo("gives_labels");
        assertThat(error.path("message").asString()).contains("/v1/classify");
        World.WORKER.refuse(422, "context-length-exceeded", "input 0 has 9000 tokens");
        error = callers.application(PATH, request("\"a\"")).json().path("error");
        assertThat(error.path("param").asString()).isEqualTo("input");
    }
}
