package dev.paddock.gateway.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.gateway.world.Callers;
import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.World;
import dev.paddock.testkit.OtlpReceiver.ReceivedSpan;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a collector and Prometheus are told of answers. */
@GatewayTest
class AnswerTelemetryTest {
    private static final String PARENT = "b7ad6b7169203331";
    private static final String CHAT =
            "{\"model\":\"tickets\",\"messages\":[{\"role\":\"user\",\"content\":\"a secret question\"}]";

    @Autowired
    private Callers callers;

    @BeforeEach
    void reset() {
        World.reset();
    }

    @Test
    void anAnswerIsASpanOfItsCallersTraceAndTheWorkerHearsOfIt() throws Exception {
        World.WORKER.say("a", " secret", " answer");
        String trace = trace();
        Callers.Reply reply = ask(
                "/v1/chat/completions",
                CHAT + ",\"temperature\":0.5,\"top_p\":0.9,\"top_k\":40,\"seed\":7,\"max_tokens\":64,\"stop\":[\"a"
                        + " secret stop\"],\"response_format\":{\"type\":\"json_object\"}}",
                trace);
        assertThat(reply.status()).isEqualTo(200);

        ReceivedSpan span = World.SPANS.await(sent -> sent.traceId().equals(trace));
        assertThat(span.name()).isEqualTo("chat tickets");
        assertThat(span.parentId()).isEqualTo(PARENT);
        assertThat(span.error()).isFalse();
        assertThat(span.attributes())
                .containsEntry("gen_ai.operation.name", "chat")
                .containsEntry("gen_ai.provider.name", "paddock")
                .containsEntry("gen_ai.request.model", "tickets")
                .containsEntry("gen_ai.request.temperature", "0.5")
                .containsEntry("gen_ai.request.top_p", "0.9")
                .containsEntry("gen_ai.request.top_k", "40.0")
                .containsEntry("gen_ai.request.seed", "7")
                .containsEntry("gen_ai.request.max_tokens", "64")
                .containsEntry("gen_ai.output.type", "json")
                .containsEntry("gen_ai.response.id", reply.json().path("id").asString())
                .containsEntry("gen_ai.response.finish_reasons", "[stop]")
                .containsEntry("gen_ai.usage.input_tokens", "11")
                .containsEntry("gen_ai.usage.output_tokens", "3")
                .containsEntry("paddock.tenant", "default");
        assertThat(span.attributes().toString()).doesNotContain("secret");
        assertThat(World.WORKER.traceparent()).isEqualTo("00-" + trace + "-" + span.id() + "-01");
    }

    @Test
    void aStreamsEndIsOnItsSpan() throws Exception {
        String trace = trace();
        ask("/v1/chat/completions", CHAT + ",\"stream\":true,\"n\":2}", trace);
        ReceivedSpan span = World.SPANS.await(sent -> sent.traceId().equals(trace));
        assertThat(span.attributes())
                .containsEntry("gen_ai.request.choice.count", "2")
                .containsEntry("gen_ai.response.finish_reasons", "[stop, stop]")
                .containsEntry("gen_ai.usage.output_tokens", "4");
    }

    @Test
    void whatWasRefusedIsAnErrorByItsCode() throws Exception {
        String trace = trace();
        ask("/v1/chat/completions", CHAT.replace("tickets", "unheard") + "}", trace);
        ReceivedSpan span = World.SPANS.await(sent -> sent.traceId().equals(trace));
        assertThat(span.error()).isTrue();
        assertThat(span.attributes())
                .containsEntry("error.type", "model_not_found")
                .doesNotContainKey("gen_ai.usage.input_tokens");
    }

    @Test
    void tokensAreCountedByTenantAndModel() {
        double input = tokens("type=\"input\"");
        double output = tokens("type=\"output\"");
        ask("/v1/chat/completions", CHAT + "}", trace());
        ask("/v1/chat/completions", CHAT + ",\"stream\":true}", trace());
        assertThat(tokens("type=\"input\"") - input).isEqualTo(2 * 11);
        assertThat(tokens("type=\"output\"") - output).isEqualTo(2 * 4);
        ask("/v1/chat/completions", CHAT.replace("tickets", "unheard") + "}", trace());
        assertThat(metrics()).doesNotContain("unheard");
    }

    private double tokens(String... labels) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith("gen_ai_client_token_usage_sum{"))
                .filter(line -> line.contains("paddock_tenant=\"default\""))
                .filter(line -> line.contains("gen_ai_request_model=\"tickets\""))
                .filter(line -> line.contains("gen_ai_operation_name=\"chat\""))
                .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private String metrics() {
        return callers.as("platform", "GET", "/actuator/prometheus", "")
                .response()
                .body();
    }

    private static String trace() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private Callers.Reply ask(String path, String body, String trace) {
        return callers.send(Callers.request(callers.key("tests"), path)
                .header("traceparent", "00-" + trace + "-" + PARENT + "-01")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }
}
