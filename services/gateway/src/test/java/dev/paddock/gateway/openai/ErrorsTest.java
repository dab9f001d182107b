package dev.paddock.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.gateway.world.Callers;
import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.GuardPart;
import dev.paddock.gateway.world.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A caller's mistakes in OpenAI's error shape. */
@GatewayTest
class ErrorsTest {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    @Autowired
    private Callers callers;

    @BeforeEach
    void reset() {
        World.reset();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "temperature":3                                        | invalid_value              | temperature
            "temperature":-0.1                                     | invalid_value              | temperature
            "temperature":1e999                                    | invalid_value              | temperature
            "top_p":1.5                                            | invalid_value              | top_p
            "top_p":"0.5"                                          | invalid_value              | top_p
            "presence_penalty":2.5                                 | invalid_value              | presence_penalty
            "frequency_penalty":-2.5                               | invalid_value              | frequency_penalty
            "repetition_penalty":11                                | invalid_value              | repetition_penalty
            "max_completion_tokens":-1                             | invalid_value              | max_completion_tokens
            "max_completion_tokens":1.5                            | invalid_value              | max_completion_tokens
            "max_tokens":1000001                                   | invalid_value              | max_tokens
            "n":0                                                  | invalid_value              | n
            "n":true                                               | invalid_value              | n
            "top_k":1.5                                            | invalid_value              | top_k
            "seed":1.5                                             | invalid_value              | seed
            "seed":9223372036854775808                             | invalid_value              | seed
            "stop":""                                              | invalid_value              | stop
            "stop":7                                               | invalid_value              | stop
            "stop":["a",null]                                      | invalid_value              | stop
            "stop":[["a"]]                                         | invalid_value              | stop
            "stop":["1","2","3","4","5","6","7","8","9","a","b","c","d","e","f","g","h"] | invalid_value | stop
            "logit_bias":[1]                                       | invalid_value              | logit_bias
            "logit_bias":{"1":"much"}                              | invalid_value              | logit_bias
            "logprobs":1                                           | invalid_value              | logprobs
            "logprobs":true,"top_logprobs":21                      | invalid_value              | top_logprobs
            "stream":true,"stream_options":7                       | invalid_value              | stream_options
            "stream":true,"stream_options":{"include_usage":1}     | invalid_value              | stream_options.include_usage
            "stream_options":7                                     | invalid_value              | stream_options
            "stream_options":{"include_usage":true}                | invalid_value              | stream_options
            "stream":false,"stream_options":{}                     | invalid_value              | stream_options
            "max_tokens":-5,"max_completion_tokens":9              | invalid_value              | max_tokens
            "max_tokens":9,"max_completion_tokens":0               | invalid_value              | max_completion_tokens
            "response_format":"json"                               | invalid_value              | response_format.type
            "tools":7                                              | invalid_value              | tools
            "temperature":"hot"                                    | invalid_value              | temperature
            "max_tokens":0                                         | invalid_value              | max_tokens
            "n":129                                                | invalid_value              | n
            "stop":[1]                                             | invalid_value              | stop
            "logit_bias":{"x":1}                                   | invalid_value              | logit_bias
            "top_logprobs":3                                       | invalid_value              | top_logprobs
            "stream":"yes"                                         | invalid_value              | stream
            "top_p":0                                              | invalid_value              | top_p
            "min_p":1.5                                            | invalid_value              | min_p
            "typical_p":0                                          | invalid_value              | typical_p
            "top_k":-2                                             | invalid_value              | top_k
            "repetition_penalty":0                                 | invalid_value              | repetition_penalty
            "stop":{"a":"b"}                                       | invalid_value              | stop
            "logit_bias":{"1":101}                                 | invalid_value              | logit_bias
            "logit_bias":{"1":"5"}                                 | invalid_value              | logit_bias
            "logit_bias":{"1":"NaN"}                               | invalid_value              | logit_bias
            "logit_bias":{"1":true}                                | invalid_value              | logit_bias
            "logit_bias":{"1":null}                                | invalid_value              | logit_bias
            "logit_bias":{"1":1e999}                               | invalid_value              | logit_bias
            "mirostat":2                                           | unsupported_parameter      | mirostat
            "min_tokens":3                                         | unsupported_parameter      | min_tokens
            "use_beam_search":1                                    | invalid_value              | use_beam_search
            "use_beam_search":true,"stream":true                   | invalid_value              | stream
            "use_beam_search":true,"n":3,"best_of":2               | invalid_value              | best_of
            "use_beam_search":true,"best_of":17                    | invalid_value              | best_of
            "use_beam_search":true,"n":17                          | invalid_value              | n
            "use_beam_search":true,"length_penalty":11             | invalid_value              | length_penalty
            "use_beam_search":true,"early_stopping":"often"        | invalid_value              | early_stopping
            "length_penalty":2                                     | invalid_value              | length_penalty
            "early_stopping":true                                  | invalid_value              | early_stopping
            "best_of":3                                            | unsupported_parameter      | best_of
            "tools":[{"type":"function"}]                          | invalid_value              | tools[0].function.name
            "tools":[{"type":"retrieval"}]                         | invalid_value              | tools[0].type
            "tool_choice":"required"                               | invalid_value              | tool_choice
            "tool_choice":"perhaps"                                | invalid_value              | tool_choice
            "response_format":{"type":"yaml"}                      | invalid_value              | response_format.type
            "response_format":{"type":"json_schema","json_schema":{"name":"a"}} | invalid_value | response_format.json_schema.schema
            "structured_outputs":{"grammar":"root"}                | unsupported_parameter      | structured_outputs.grammar
            "structured_outputs":{"choice":[]}                     | invalid_value              | structured_outputs.choice
            "guided_json":"{"                                      | invalid_value              | guided_json
            "guided_regex":"a","response_format":{"type":"json_object"} | invalid_value         | guided_regex
            "audio":{}                                             | unsupported_parameter      | audio
            "user":"\\udc00"                                       | invalid_value              | user
            "stop":["a","b\\ud83d"]                                | invalid_value              | stop[1]
            "guided_json":"{\\"const\\":\\"\\\\ud800\\"}"          | invalid_value              | guided_json.const
            """)
    void aParameterOutOfItsRuleIsNamed(String field, String code, String param) {
        Callers.Reply reply = chat("{\"model\":\"tickets\"," + MESSAGES + "," + field + "}");
        refused(reply, 400, code);
        assertThat(reply.json().path("error").path("param").asString()).isEqualTo(param);
        assertThat(World.GUARD.requests()).isEmpty();
    }

    @Test
    void harmlessValuesOfUnsupportedParametersPass() {
        assertThat(chat("{\"model\":\"tickets\"," + MESSAGES
                                + ",\"tools\":[],\"tool_choice\":\"none\",\"response_format\":{\"type\":\"text\"},\"store\":false,"
                                + "\"structured_outputs\":{\"regex\":null},\"ignore_eos\":false,\"mirostat\":0,\"top_k\":-1,"
                                + "\"use_beam_search\":false,\"best_of\":1,\"length_penalty\":1.0,\"early_stopping\":false}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void brokenBodiesAreSaid() {
        refused(chat("{\"model\":"), 400, "invalid_json");
        refused(chat("[]"), 400, "invalid_json");
        refused(chat("{\"model\":\"tickets\"}"), 400, "missing_required_parameter");
        refused(chat("{" + MESSAGES + "}"), 400, "missing_required_parameter");
        refused(
                chat("{\"model\":\"tickets\",\"messages\":[{\"role\":\"robot\",\"content\":\"x\"}]}"),
                400,
                "invalid_value");
        Callers.Reply image = chat(
                "{\"model\":\"tickets\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]}");
        refused(image, 400, "unsupported_parameter");
        assertThat(image.json().path("error").path("param").asString()).isEqualTo("messages[0].content[0].type");
        refused(
                callers.application("/v1/completions", "{\"model\":\"tickets\",\"prompt\":[1,2]}"),
                400,
                "invalid_value");
        refused(
                callers.application("/v1/completions", "{\"model\":\"tickets\",\"prompt\":{\"a\":\"b\"}}"),
                400,
                "invalid_value");
        refused(chat("x".repeat((8 << 20) + 1)), 413, "request_too_large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,2]", "[[1,2],[3]]"})
    void aPromptOfTokenIdsIsSaid(String prompt) {
        Callers.Reply reply =
                callers.application("/v1/completions", "{\"model\":\"tickets\",\"prompt\":" + prompt + "}");
        refused(reply, 400, "invalid_value");
        assertThat(reply.json().path("error").path("param").asString()).isEqualTo("prompt");
        assertThat(reply.json().path("error").path("message").asString()).contains("token ids");
    }

    @ParameterizedTest
    @CsvSource({"suffix,'\"x\"'", "best_of,3", "best_of,100"})
    void aTextParameterThatIsNotHonouredIsNamed(String name, String value) {
        Callers.Reply reply = callers.application(
                "/v1/completions", "{\"model\":\"tickets\",\"prompt\":\"x\",\"" + name + "\":" + value + "}");
        refused(reply, 400, "unsupported_parameter");
        assertThat(reply.json().path("error").path("param").asString()).isEqualTo(name);
    }

    @Test
    void everyAnswerHasARequestIdOfItsOwn() {
        List<String> ids = new ArrayList<>();
        String good = "{\"model\":\"tickets\"," + MESSAGES + "}";
        for (Callers.Reply reply : List.of(
                chat(good),
                chat(good.replace("{\"model", "{\"stream\":true,\"model")),
                chat("{"),
                callers.application("/v1/models", ""),
                callers.application("/v1/audio/speech", "{}"),
                callers.bearer("", "GET", "/v1/models", ""))) {
            ids.add(reply.header("x-request-id"));
        }
        assertThat(ids).allMatch(id -> id.startsWith("req_")).doesNotHaveDuplicates();
    }

    @Test
    void aModelThatIsNotDeployedIsNotFound() {
        Callers.Reply reply = chat("{\"model\":\"unheard\"," + MESSAGES + "}");
        refused(reply, 404, "model_not_found");
        assertThat(reply.json().path("error").path("message").asString()).contains("unheard");
    }

    @Test
    void aPromptLongerThanTheContextIsSaid() {
        World.WORKER.refuse(400, "context-length-exceeded", "the prompt has 9000 tokens, the context 8192");
        Callers.Reply tooLong = chat("{\"model\":\"tickets\"," + MESSAGES + "}");
        refused(tooLong, 400, "context_length_exceeded");
        assertThat(param(tooLong)).isEqualTo("messages");
        refused(chat("{\"model\":\"tickets\",\"stream\":true," + MESSAGES + "}"), 400, "context_length_exceeded");
        refused(
                callers.application("/v1/completions", "{\"model\":\"tickets\",\"prompt\":\"x\"}"),
                400,
                "context_length_exceeded");
        assertThat(World.GUARD.requests()).isEmpty();
    }

    @Test
    void aConversationTooLongToBeJudgedIsACallersMistake() {
        World.GUARD.be(GuardPart.Mode.TOO_LONG);
        refused(chat("{\"model\":\"tickets\"," + MESSAGES + "}"), 400, "context_length_exceeded");
    }

    @Test
    void aPolicyThatNobodyKnowsIsSaid() {
        World.GUARD.be(GuardPart.Mode.UNKNOWN_POLICY);
        Callers.Reply reply = chat("{\"model\":\"tickets\"," + MESSAGES + "}");
        refused(reply, 503, "unknown_policy");
        assertThat(reply.json().path("error").path("message").asString()).contains(GuardPart.POLICY.toString());
    }

    @Test
    void callArgumentsAreAJsonObject() {
        Callers.Reply reply = chat("{\"model\":\"tickets\",\"messages\":[{\"role\":\"assistant\",\"tool_calls\":"
                + "[{\"function\":{\"name\":\"f\",\"arguments\":\"poison\"}}]}]}");
        refused(reply, 400, "invalid_value");
    }

    @Test
    void whatTheWorkerRefusesIsNamedAsTheCallerWroteIt() {
        World.WORKER.refuse(422, "unsupported-constraint", "#/properties/a/not: not supported", "constraint");
        String schema =
                ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"schema\":{}}}}";
        Callers.Reply reply = chat("{\"model\":\"tickets\"," + MESSAGES + schema);
        refused(reply, 400, "unsupported_constraint");
        assertThat(reply.json().path("error").path("param").asString()).isEqualTo("response_format");
        assertThat(reply.json().path("error").path("message").asString()).contains("#/properties/a/not");
        World.WORKER.refuse(400, "invalid-request", "logitBias is 99999: …", "logitBias");
        Callers.Reply bias = chat("{\"model\":\"tickets\"," + MESSAGES + ",\"logit_bias\":{\"99999\":1}}");
        refused(bias, 400, "invalid_request");
        assertThat(bias.json().path("error").path("param").asString()).isEqualTo("logit_bias");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions,'\"max_completion_tokens\":5',max_completion_tokens",
        "/v1/chat/completions,'\"max_tokens\":5',max_tokens",
        "/v1/chat/completions,'\"max_tokens\":9,\"max_completion_tokens\":5',max_completion_tokens",
        "/v1/chat/completions,'\"n\":1',max_tokens",
        "/v1/completions,'\"max_completion_tokens\":5',max_completion_tokens",
        "/v1/completions,'\"max_tokens\":5',max_tokens"
    })
    void aLimitThatTheWorkerRefusesIsNamedAsTheCallerWroteIt(String path, String field, String param) {
        World.WORKER.refuse(400, "invalid-request", "maxTokens is 5: the shortest answer has 9 tokens", "maxTokens");
        Callers.Reply reply =
                callers.application(path, "{\"model\":\"tickets\",\"prompt\":\"hi\"," + MESSAGES + "," + field + "}");
        refused(reply, 400, "invalid_request");
        assertThat(param(reply)).isEqualTo(param);
        assertThat(reply.json().path("error").path("message").asString())
                .isEqualTo(param + " is 5: the shortest answer has 9 tokens");
    }

    @Test
    void aFullQueueIsPassedOnWithItsTime() {
        World.WORKER.refuse(429, "queue-full", "32 requests wait");
        Callers.Reply reply = chat("{\"model\":\"tickets\"," + MESSAGES + "}");
        refused(reply, 429, "rate_limit_exceeded");
        assertThat(reply.header("Retry-After")).isEqualTo("7");
    }

    @Test
    void aFaultyWorkerIsA503ThatLeaksNothing() {
        World.WORKER.refuse(500, "internal-error", "secret stack");
        Callers.Reply reply = chat("{\"model\":\"tickets\"," + MESSAGES + "}");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.response().body()).doesNotContain("secret stack");
    }

    @Test
    void unknownPathsAndMethodsKeepTheShape() {
        refused(callers.application("/v1/audio/speech", "{}"), 404, "unknown_url");
        refused(callers.bearer(callers.key("tests"), "DELETE", "/v1/chat/completions", ""), 404, "unknown_url");
        refused(callers.bearer("", "POST", "/v1/audio/speech", "{}"), 401, "invalid_api_key");
    }

    private static String param(Callers.Reply reply) {
        return reply.json().path("error").path("param").asString();
    }

    private Callers.Reply chat(String body) {
        return callers.application("/v1/chat/completions", body);
    }

    private static void refused(Callers.Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(status);
        JsonNode error = reply.json().path("error");
        assertThat(error.path("code").asString()).isEqualTo(code);
        assertThat(error.path("message").asString()).isNotEmpty();
        assertThat(error.path("type").asString()).isNotEmpty();
        assertThat(error.has("param")).isTrue();
    }
}
