package dev.paddock.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.gateway.world.Callers;
import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.GuardPart;
import dev.paddock.gateway.world.World;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@GatewayTest
class EmbeddingsTest {
    @Autowired
    private Callers callers;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void reset() {
        World.reset();
    }

    @Test
    void textsBecomeVectorsInOrderWithUsageAndARecord() {
        Callers.Reply reply = ask("\"input\":[\"one\",\"three\"]");
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        JsonNode answer = reply.json();
        assertThat(answer.path("object").asString()).isEqualTo("list");
        assertThat(answer.path("data"))
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        "[{\"object\":\"embedding\",\"index\":0,"
                                                + "\"embedding\":[3.0,0.5]},{\"object\":\"embedding\",\"index\":1,\"embedding\":[5.0,1.5]}]"));
        assertThat(answer.path("usage").path("prompt_tokens").asInt()).isEqualTo(6);
        assertThat(World.WORKER.embedded().get(0).pooling()).isEqualTo("mean");
        assertThat(World.GUARD.requests()).extracting(request -> request.role()).containsExactly("user", "user");
        assertThat(jdbc.sql("SELECT finish_reason FROM answer WHERE id = :id")
                        .param("id", reply.header("x-paddock-answer"))
                        .query(String.class)
                        .single())
                .isEqualTo("stop");
    }

    @Test
    void base64IsLittleEndianFloats() {
        JsonNode answer = ask("\"input\":\"four\",\"encoding_format\":\"base64\",\"pooling\":\"last\"")
                .json();
        byte[] bytes = Base64.getDecoder()
                .decode(answer.path("data").path(0).path("embedding").asString());
        ByteBuffer floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(floats.getFloat()).isEqualTo(4);
        assertThat(floats.getFloat()).isEqualTo(0.5f);
        assertThat(World.WORKER.embedded().get(0).pooling()).isEqualTo("last");
    }

    @Test
    void anUnsafeTextHasNoVector() {
        Callers.Reply reply = ask("\"input\":[\"fine\",\"" + GuardPart.UNSAFE + "\"]");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").path("code").asString()).isEqualTo("content_filter");
        assertThat(World.WORKER.embedded()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "input":"a","dimensions":64               | unsupported_parameter      | dimensions
            "input":"a","encoding_format":"int8"      | invalid_value              | encoding_format
            "input":"a","pooling":"max"               | invalid_value              | pooling
            "input":[1,2]                             | invalid_value              | input
            "input":[]                                | invalid_value              | input
            "input":""                                | invalid_value              | input
            "encoding_format":"float"                 | missing_required_parameter | input
            """)
    void mistakesAreNamed(String fields, String code, String param) {
        Callers.Reply reply = ask(fields);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").path("code").asString()).isEqualTo(code);
        assertThat(reply.json().path("error").path("param").asString()).isEqualTo(param);
    }

    @Test
    void whatTheWorkerRefusesIsNamedAsTheCallerWroteIt() {
        World.WORKER.refuse(400, "invalid-request", "inputs is input 0: a text has at least one token", "inputs");
        JsonNode error = ask("\"input\":\"a\"").json().path("error");
        assertThat(error.path("param").asString()).isEqualTo("input");
        assertThat(error.path("message").asString()).isEqualTo("input is input 0: a text has at least one token");
    }

    private Callers.Reply ask(String fields) {
        return callers.application("/v1/embeddings", "{\"model\":\"tickets\"," + fields + "}");
    }
}
