package dev.paddock.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.contracts.inference.TextConstraint;
import dev.paddock.contracts.inference.ToolCall;
import dev.paddock.contracts.inference.ToolChoice;
import dev.paddock.gateway.world.Callers;
import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.GuardPart;
import dev.paddock.gateway.world.World;
import dev.paddock.kit.artifacts.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Structured answers and tool calls, from the caller to the worker and back through the guard. */
@GatewayTest
class FormsAndToolsTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String WEATHER = "{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"parameters\":"
            + "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}}}";
    private static final ToolCall CALL = new ToolCall("call_1", "weather", "{\"city\":\"Oslo\"}");

    @Autowired
    private Callers callers;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void reset() {
        World.reset();
    }

    @Test
    void everyFormOfConstraintReachesTheWorker() {
        String schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}}}";
        ask(",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"strict\":true,\"schema\":"
                + schema + "}}");
        ask(",\"structured_outputs\":{\"json\":" + JSON.writeValueAsString(schema) + "}");
        ask(",\"response_format\":{\"type\":\"json_object\"}");
        ask(",\"structured_outputs\":{\"regex\":\"a+\"}");
        ask(",\"guided_choice\":[\"yes\",\"no\"]");
        List<CompletionRequest> asked = World.WORKER.requests();
        assertThat(asked)
                .extracting(request -> constraint(request).schema())
                .containsExactly(
                        JSON.readTree(schema),
                        JSON.readTree(schema),
                        JSON.readTree("{\"type\":\"object\"}"),
                        null,
                        null);
        assertThat(constraint(asked.get(3)).regex()).isEqualTo("a+");
        assertThat(constraint(asked.get(4)).choice()).containsExactly("yes", "no");
    }

    @Test
    void samplingReachesTheWorker() {
        ask(",\"min_p\":0.1,\"typical_p\":0.9,\"top_k\":-1,\"repetition_penalty\":1.1");
        var sampling = World.WORKER.requests().get(0).sampling();
        assertThat(List.of(
                        Objects.requireNonNull(sampling.minP()),
                        Objects.requireNonNull(sampling.typicalP()),
                        Objects.requireNonNull(sampling.topK()),
                        Objects.requireNonNull(sampling.repetitionPenalty())))
                .isEqualTo(List.of(0.1, 0.9, 0, 1.1));
    }

    @Test
    void aCallIsAnsweredJudgedAndOnRecord() {
        World.WORKER.say("Let me", " look.");
        World.WORKER.call(CALL);
        Callers.Reply reply = ask(",\"tools\":[" + WEATHER + "],\"tool_choice\":\"required\"");
        JsonNode choice = reply.json().path("choices").path(0);
        assertThat(choice.path("finish_reason").asString()).isEqualTo("tool_calls");
        JsonNode call = choice.path("message").path("tool_calls").path(0);
        assertThat(call)
                .isEqualTo(JSON.readTree("{\"id\":\"call_1\",\"type\":\"function\",\"function\":"
                        + "{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Oslo\\\"}\"}}"));
        CompletionRequest asked = World.WORKER.requests().get(0);
        assertThat(asked.toolChoice()).isEqualTo(new ToolChoice(true, null, false));
        assertThat(asked.tools()).isEqualTo(JSON.readTree("[" + WEATHER + "]"));
        var judged = World.GUARD.requests();
        assertThat(judged.get(0).messages().get(0).content()).contains("\"weather\"");
        assertThat(judged.get(1).messages().get(2).content()).contains("Let me look.", "weather", "Oslo");
        String kept = JSON.writeValueAsString(List.of("Let me look.\n"
                + JSON.writeValueAsString(List.of(new ToolCall(null, "weather", "{\"city\":\"Oslo\"}")))));
        assertThat(jdbc.sql("SELECT answer_digest FROM answer WHERE id = :id")
                        .param("id", reply.header("x-paddock-answer"))
                        .query(String.class)
                        .single())
                .isEqualTo(Digest.of(kept.getBytes(StandardCharsets.UTF_8)).value());
    }

    @Test
    void aCallWithUnsafeArgumentsIsWithheld() {
        World.WORKER.say();
        World.WORKER.call(new ToolCall("call_1", "weather", "{\"city\":\"" + GuardPart.UNSAFE + "\"}"));
        for (String stream : List.of("", ",\"stream\":true")) {
            Callers.Reply reply = ask(",\"tools\":[" + WEATHER + "]" + stream);
            assertThat(reply.response().body()).contains("content_filter").doesNotContain(GuardPart.UNSAFE);
        }
    }

    @Test
    void unsafeToolsAreNotShownToTheModel() {
        Callers.Reply reply = ask(",\"tools\":[" + WEATHER.replace("city", GuardPart.UNSAFE) + "]");
        assertThat(reply.json().path("choices").path(0).path("finish_reason").asString())
                .isEqualTo("content_filter");
        assertThat(World.WORKER.requests()).isEmpty();
    }

    @Test
    void aCallIsStreamed() {
        World.WORKER.say("Look", "ing.");
        World.WORKER.call(CALL, new ToolCall("call_2", "weather", "{}"));
        String body =
                ask(",\"stream\":true,\"tools\":[" + WEATHER + "]").response().body();
        List<JsonNode> deltas = body.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> JSON.readTree(line.substring(6)).path("choices").path(0))
                .toList();
        JsonNode calls = deltas.stream()
                .map(choice -> choice.path("delta").path("tool_calls"))
                .filter(found -> !found.isMissingNode())
                .findFirst()
                .orElseThrow();
        assertThat(calls.valueStream().map(call -> call.path("index").asInt()).toList())
                .containsExactly(0, 1);
        assertThat(calls.path(0).path("function").path("arguments").asString()).isEqualTo("{\"city\":\"Oslo\"}");
        assertThat(deltas.get(deltas.size() - 1).path("finish_reason").asString())
                .isEqualTo("tool_calls");
    }

    private static TextConstraint constraint(CompletionRequest request) {
        return Objects.requireNonNull(request.constraint());
    }

    private Callers.Reply ask(String more) {
        Callers.Reply reply = callers.application(
                "/v1/chat/completions",
                "{\"model\":\"tickets\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]" + more + "}");
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        return reply;
    }
}
