package dev.paddock.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.gateway.world.Callers;
import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.World;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Models that cannot answer, messages and texts that are none, and bodies that nobody reads, in OpenAI's error shape. */
@GatewayTest
class RefusedRequestsTest {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    @Autowired
    private Callers callers;

    @BeforeEach
    void reset() {
        World.reset();
    }

    @ParameterizedTest
    @CsvSource({"unsupported-model,model", "malformed-artifact,model", "chat-template,messages"})
    void aModelThatCannotAnswerIsNamed(String code, String param) {
        World.WORKER.refuse(422, code, "tensor w_pack belongs to none of a decoder layer's matrices");
        Callers.Reply reply = chat("{\"model\":\"tickets\"," + MESSAGES + "}");
        refused(reply, 400, code.replace('-', '_'));
        assertThat(param(reply)).isEqualTo(param);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"role":"assistant","content":"x","tool_calls":7}        | messages[0].tool_calls
            {"role":"user","content":"x","tool_calls":"none"}        | messages[0].tool_calls
            {"role":"tool","content":"x","tool_call_id":7}           | messages[0].tool_call_id
            {"role":"user","content":"x","name":["a"]}               | messages[0].name
            {"role":"assistant","tool_calls":[{"id":7,"function":{"name":"f","arguments":"{}"}}]} | messages[0].tool_calls[0].id
            {"role":"user","content":"a\\ud800"}                     | messages[0].content
            {"role":"user","content":"\\ude00\\ud83d"}               | messages[0].content
            {"role":"user","content":[{"type":"text","text":"\\udc00 b"}]} | messages[0].content[0].text
            {"role":"user","content":"x","name":"\\ud800"}           | messages[0].name
            {"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":"{\\"q\\":\\"\\\\ud800\\"}"}}]} | messages[0].tool_calls
            """)
    void aMessagesFieldOfAWrongKindIsNamed(String message, String param) {
        Callers.Reply reply = chat("{\"model\":\"tickets\",\"messages\":[" + message + "]}");
        refused(reply, 400, "invalid_value");
        assertThat(param(reply)).isEqualTo(param);
        assertThat(World.GUARD.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/completions | "prompt":"\\ud800"        | prompt
            /v1/completions | "prompt":["a","\\udc00"]  | prompt[1]
            /v1/embeddings  | "input":["a","\\udc00"]   | input[1]
            /v1/classify    | "input":"\\ud800"         | input
            /v1/classify    | "input":[{"role":"user","content":"\\ud800"}] | input[0].content
            /v1/moderations | "input":["\\ud800"]       | input[0]
            """)
    void halfOfASurrogatePairIsNoText(String path, String field, String param) {
        Callers.Reply reply = callers.application(path, "{\"model\":\"tickets\"," + field + "}");
        refused(reply, 400, "invalid_value");
        assertThat(param(reply)).isEqualTo(param);
        assertThat(reply.json().path("error").path("message").asString()).contains(param, "it must be valid Unicode");
    }

    @Test
    void aWholeSurrogatePairIsText() {
        Callers.Reply reply = chat("{\"model\":\"tickets\"," + MESSAGES.replace("hi", "\\ud83d\\ude00") + "}");
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        assertThat(World.WORKER.requests().get(0).messages())
                .extracting(message -> message.role() + ":" + message.content())
                .containsExactly("user:" + Character.toString(0x1f600));
    }

    @Test
    void aLongValueIsShownUpToTheEndOfACharacter() {
        String value = "x".repeat(78) + Character.toString(0x1f600).repeat(9);
        Callers.Reply reply = chat("{\"model\":\"tickets\"," + MESSAGES + ",\"stream\":\"" + value + "\"}");
        refused(reply, 400, "invalid_value");
        assertThat(reply.json().path("error").path("message").asString()).contains("\"" + "x".repeat(78) + "…;");
    }

    @ParameterizedTest
    @CsvSource({"temperature,invalid_value", "logit_bias,invalid_value", "mirostat,unsupported_parameter"})
    void aNumberBeyondEveryRangeIsNamed(String name, String code) {
        String number = "9".repeat(400);
        String value = name.equals("logit_bias") ? "{\"1\":" + number + "}" : number;
        Callers.Reply reply = chat("{\"model\":\"tickets\"," + MESSAGES + ",\"" + name + "\":" + value + "}");
        refused(reply, 400, code);
        assertThat(param(reply)).isEqualTo(name);
    }

    @Test
    void aWorkerWithoutItsStoreIsToBeAskedAgain() {
        World.WORKER.refuse(503, "store-unavailable", "/mnt/artifacts is not there");
        Callers.Reply reply = chat("{\"model\":\"tickets\"," + MESSAGES + "}");
        refused(reply, 503, "worker_store_unavailable");
        assertThat(reply.header("Retry-After")).isEqualTo("2");
        assertThat(reply.response().body()).doesNotContain("/mnt");
    }

    @Test
    void bodiesOfTenMegabytesAreRefusedHoweverTheyCome() {
        String huge = "{\"model\":\"tickets\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "h".repeat(10 << 20)
                + "\"}]}";
        for (String path : List.of("/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/v1/classify")) {
            refused(callers.application(path, huge), 413, "request_too_large");
        }
        refused(
                callers.send(Callers.request(callers.key("tests"), "/v1/chat/completions")
                        .POST(HttpRequest.BodyPublishers.ofInputStream(
                                () -> new ByteArrayInputStream(huge.getBytes(StandardCharsets.UTF_8))))),
                413,
                "request_too_large");
        assertThat(chat("{\"model\":\"tickets\"," + MESSAGES + "}").status()).isEqualTo(200);
    }

    private static String param(Callers.Reply reply) {
        return reply.json().path("error").path("param").asString();
    }

    private Callers.Reply chat(String body) {
        return callers.application("/v1/chat/completions", body);
    }

    private static void refused(Callers.Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(status);
        assertThat(reply.json().path("error").path("code").asString()).isEqualTo(code);
    }
}
