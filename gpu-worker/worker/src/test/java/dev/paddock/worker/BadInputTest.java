package dev.paddock.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.testkit.TestApi;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input of every kind, beside a neighbour in the batch whose answer stays what it is alone. */
class BadInputTest extends WorkerStory {
    private static final String HELLO = "\"prompts\":[\"Hello\"]";
    private static final int CONTEXT = 2048;

    private Neighbour neighbour;

    @BeforeEach
    void begin() throws Exception {
        neighbour = new Neighbour(this, base());
    }

    @AfterEach
    void nothingElseWasDisturbed() {
        neighbour.leave();
        await(() -> busy() == 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "temperature":-1             | temperature
            "temperature":2.1            | temperature
            "topP":0                     | topP
            "topP":1.01                  | topP
            "topK":-1                    | topK
            "minP":1.5                   | minP
            "typicalP":0                 | typicalP
            "repetitionPenalty":0        | repetitionPenalty
            "repetitionPenalty":11       | repetitionPenalty
            "presencePenalty":2.5        | presencePenalty
            "frequencyPenalty":-2.5      | frequencyPenalty
            "n":0                        | n
            "n":129                      | n
            "maxTokens":-1               | maxTokens
            "stop":[""]                  | stop
            "stop":[null]                | stop
            "stop":["1","2","3","4","5","6","7","8","9","a","b","c","d","e","f","g","h"] | stop
            "logitBias":{"1":101}        | logitBias
            "logitBias":{"999999":1}     | logitBias
            "logitBias":{"-1":1}         | logitBias
            "beams":{"bestOf":17}                            | bestOf
            "beams":{"bestOf":0}                             | bestOf
            "beams":{"bestOf":2},"n":3                       | bestOf
            "beams":{},"n":17                                | n
            "beams":{"lengthPenalty":10.5}                   | lengthPenalty
            "beams":{"earlyStopping":"often"}                | earlyStopping
            "beams":{},"maxTokens":0                         | maxTokens
            "beams":{},"temperature":0.7                     | temperature
            "beams":{},"topP":0.9                            | topP
            "beams":{},"topK":40                             | topK
            "beams":{},"minP":0.1                            | minP
            "beams":{},"typicalP":0.9                        | typicalP
            "beams":{},"repetitionPenalty":1.1               | repetitionPenalty
            "beams":{},"presencePenalty":0.1                 | presencePenalty
            "beams":{},"frequencyPenalty":-0.1               | frequencyPenalty
            "beams":{},"logitBias":{"1":1}                   | logitBias
            """)
    void aParameterOutOfItsRangeIsNamed(String parameter, String field) throws IOException {
        String body = "{\"model\":{\"base\":\"%s\"},%s,\"sampling\":{%s},\"echo\":false,\"stream\":false}"
                .formatted(base(), HELLO, parameter);
        refused(body, 400, "invalid-request", field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"stop\":\"x\"",
                "\"stop\":[{}]",
                "\"temperature\":\"hot\"",
                "\"logitBias\":[1]",
                "\"n\":\"many\"",
                "\"beams\":true",
                "\"beams\":{\"bestOf\":\"many\"}"
            })
    void aParameterOfTheWrongKindIsRefused(String parameter) throws IOException {
        String body = "{\"model\":{\"base\":\"%s\"},%s,\"sampling\":{%s},\"echo\":false,\"stream\":false}"
                .formatted(base(), HELLO, parameter);
        assertThat(service().post(COMPLETIONS, body).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "false",
                "{\"enum\":[]}",
                "{\"type\":\"string\",\"minLength\":5,\"maxLength\":2}",
                "{\"type\":\"integer\",\"minimum\":5,\"maximum\":2}",
                "{\"type\":\"array\",\"minItems\":3,\"maxItems\":1}",
                "{\"type\":\"object\",\"properties\":{\"a\":false},\"required\":[\"a\"]}",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#\"}},\"required\":[\"a\"]}"
            })
    void aSchemaThatNothingSatisfiesIsRefused(String schema) throws IOException {
        String body = request(base(), null, HELLO, 50, ",\"constraint\":{\"schema\":" + schema + "}");
        refused(body, 422, "unsupported-constraint", "constraint");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "stream":true                                     | stream
            "echo":true                                       | echo
            "constraint":{"regex":"a+"}                       | constraint
            "tools":[{"function":{"name":"weather"}}]         | tools
            """)
    void whatABeamSearchDoesNotGoWithIsNamed(String more, String field) throws IOException {
        String body = request(base(), null, HELLO, 5, "," + more)
                .replace("\"temperature\":0", "\"temperature\":0,\"beams\":{}");
        refused(body, 400, "invalid-request", field);
    }

    @Test
    void aPromptFillsTheContextAndNotOneTokenMore() throws IOException {
        String base = base();
        String full = JSON.writeValueAsString(prompt(CONTEXT - 1));
        TestApi.Answer answer = service().post(COMPLETIONS, request(base, null, "\"prompts\":[" + full + "]", 1, ""));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().get("usage").get("promptTokens").asInt()).isEqualTo(CONTEXT - 1);
        String over = JSON.writeValueAsString(prompt(CONTEXT));
        assertProblem(request(base, null, "\"prompts\":[" + over + "]", 1, ""), 422, "context-length-exceeded");
    }

    @Test
    void anAdapterThatDoesNotBelongToTheBaseIsRefused() throws IOException {
        String base = base();
        String narrow = BrokenModels.adapterOfWidth(store, temporary.resolve("narrow"), 64);
        assertThat(detail(assertProblem(request(base, narrow, HELLO, 1, ""), 422, "unsupported-model")))
                .contains("o_proj");
        String strange = BrokenModels.adapterOfModule(store, temporary.resolve("strange"), "w_pack");
        assertThat(detail(assertProblem(request(base, strange, HELLO, 1, ""), 422, "unsupported-model")))
                .contains("w_pack");
        assertThat(service().get("/internal/v1/worker").text()).doesNotContain(narrow, strange);
    }

    @Test
    void aQuantizedFileThatWasCutIsRefusedWhereverItWasCut() throws IOException {
        for (double part : new double[] {0.001, 0.2, 0.5, 0.9999}) {
            String cut = BrokenModels.cutGguf(store, temporary.resolve("cut-" + part), part);
            assertProblem(request(cut, null, HELLO, 1, ""), 422, "malformed-artifact");
        }
    }

    private static String detail(TestApi.Answer answer) {
        return answer.json().get("detail").asString();
    }

    private void refused(String body, int status, String code, String field) {
        TestApi.Answer answer = assertProblem(body, status, code);
        assertThat(answer.json().get("errors").get(0).get("field").asString()).isEqualTo(field);
        TestApi.Answer checked = service().post(COMPLETIONS + "/check", body);
        assertThat(checked.text()).as("what a check says").isEqualTo(answer.text());
    }

    /** A text of so many tokens. */
    private static String prompt(int tokens) {
        try (Tokenizer tokenizer = Tokenizers.of(TinyModelFiles.folder())) {
            StringBuilder text = new StringBuilder("Hello");
            for (String unit : List.of(" Hello there, how are you", " Hello", "!", "1", "a")) {
                while (tokenizer.encode(text + unit).length <= tokens) {
                    text.append(unit);
                }
            }
            assertThat(tokenizer.encode(text.toString())).hasSize(tokens);
            return text.toString();
        }
    }
}
