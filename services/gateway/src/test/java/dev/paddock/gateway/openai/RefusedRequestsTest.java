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

/** Models that cannot answer and bodies that nobody reads, in OpenAI's error shape. */
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
