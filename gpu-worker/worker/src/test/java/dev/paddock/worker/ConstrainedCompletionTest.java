package dev.paddock.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.testkit.TestApi;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Answers that must have a form, calls of tools and vectors, from the tiny model over HTTP. */
class ConstrainedCompletionTest extends WorkerStory {
    private static final String HELLO = "\"prompts\":[\"Hello\"]";
    private static final String CHAT = "/internal/v1/chat/completions";
    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\",\"maxLength\":12},"
                    + "\"age\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":150},\"tags\":{\"type\":\"array\",\"items\":"
                    + "{\"enum\":[\"a\",\"b\"]},\"maxItems\":3}},\"required\":[\"name\",\"age\",\"tags\"],\"additionalProperties\":false}";
    private static final String TOOLS =
            ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"parameters\":"
                    + "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\",\"maxLength\":8}},\"required\":[\"city\"]}}}]";

    @Test
    void answersAreJsonOfTheSchemaGreedyAndSampledWholeAndStreamed() throws Exception {
        String base = base();
        String body = request(base, null, HELLO, 60, ",\"constraint\":{\"schema\":" + SCHEMA + "}");
        JsonNode greedy = answer(COMPLETIONS, body);
        assertFits(greedy.get("text").asString());
        assertThat(greedy.get("finishReason").asString()).isEqualTo("stop");
        StringBuilder streamed = new StringBuilder();
        List<String> events = lines(body.replace("\"stream\":false", "\"stream\":true"));
        for (String event : events.subList(0, events.size() - 1)) {
            streamed.append(JSON.readTree(event).get("text").asString());
        }
        assertThat(streamed).hasToString(greedy.get("text").asString());
        JsonNode sampled = service()
                .post(COMPLETIONS, body.replace("\"temperature\":0", "\"temperature\":2,\"seed\":3,\"n\":8"))
                .json();
        assertThat(sampled.get("completions").size()).isEqualTo(8);
        sampled.get("completions")
                .forEach(completion -> assertFits(completion.get("text").asString()));
    }

    private static void assertFits(String text) {
        JsonNode value = JSON.readTree(text);
        assertThat(value.propertyNames()).as(text).containsExactly("name", "age", "tags");
        assertThat(value.get("age").asInt()).isBetween(0, 150);
        assertThat(value.get("tags").size()).isLessThanOrEqualTo(3);
    }

    @Test
    void choicesAndExpressionsHold() throws IOException {
        String base = base();
        String choice = request(base, null, HELLO, 20, ",\"constraint\":{\"choice\":[\"yes\",\"no\",\"nobody\"]}");
        assertThat(answer(COMPLETIONS, choice).get("text").asString()).isIn("yes", "no", "nobody");
        String regex = request(base, null, HELLO, 20, ",\"constraint\":{\"regex\":\"\\\\d{3}-[a-f]{2}\"}");
        assertThat(answer(COMPLETIONS, regex).get("text").asString()).matches("\\d{3}-[a-f]{2}");
    }

    @Test
    void membersComeInTheOrderOfEachSchema() throws IOException {
        String base = base();
        String one = "\"one\":{\"type\":\"boolean\"}";
        String other = "\"other\":{\"type\":\"boolean\"}";
        for (List<String> members : List.of(List.of(one, other), List.of(other, one))) {
            String schema = "{\"type\":\"object\",\"properties\":{" + String.join(",", members)
                    + "},\"required\":[\"one\",\"other\"]}";
            String text = answer(
                            COMPLETIONS, request(base, null, HELLO, 60, ",\"constraint\":{\"schema\":" + schema + "}"))
                    .get("text")
                    .asString();
            assertThat(text.indexOf("\"one\"") < text.indexOf("\"other\""))
                    .as(text)
                    .isEqualTo(members.get(0).equals(one));
        }
    }

    @Test
    void whatCannotBeKeptIsRefusedWithItsPlace() throws IOException {
        String base = base();
        TestApi.Answer refused = assertProblem(
                request(
                        base,
                        null,
                        HELLO,
                        20,
                        ",\"constraint\":{\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"not\":{}}}}}"),
                422,
                "unsupported-constraint");
        assertThat(refused.json().get("detail").asString()).startsWith("#/properties/a/not");
        assertThat(refused.json().get("errors").get(0).get("field").asString()).isEqualTo("constraint");
        TestApi.Answer few = assertProblem(
                request(base, null, HELLO, 3, ",\"constraint\":{\"schema\":" + SCHEMA + "}"), 400, "invalid-request");
        assertThat(few.json().get("errors").get(0).get("field").asString()).isEqualTo("maxTokens");
        assertThat(few.json().get("detail").asString()).contains("shortest answer");
        assertProblem(
                request(base, null, HELLO, 20, ",\"constraint\":{\"regex\":\"a\",\"choice\":[\"a\"]}"),
                400,
                "invalid-request");
        assertProblem(
                request(base, null, HELLO, 20, ",\"constraint\":{\"regex\":\"a+\"}")
                        .replace("\"temperature\":0", "\"temperature\":0,\"stop\":[\"a\"]"),
                400,
                "invalid-request");
        String huge = "a".repeat(70_000);
        assertProblem(
                request(base, null, HELLO, 20, ",\"constraint\":{\"choice\":[\"" + huge + "\"]}"),
                400,
                "invalid-request");
        TestApi.Answer bias = assertProblem(
                request(base, null, HELLO, 1, "")
                        .replace("\"temperature\":0", "\"temperature\":0,\"logitBias\":{\"9999999\":1}"),
                400,
                "invalid-request");
        assertThat(bias.json().get("errors").get(0).get("field").asString()).isEqualTo("logitBias");
    }

    @Test
    void aRequiredToolIsCalledAndItsResultGoesBack() throws IOException {
        String base = base();
        String required = TOOLS + ",\"toolChoice\":{\"required\":true,\"parallel\":false}";
        JsonNode called = answer(CHAT, request(base, null, "\"messages\":" + messages(), 60, required));
        assertThat(called.get("finishReason").asString()).isEqualTo("tool_calls");
        assertThat(called.get("text").asString()).isEmpty();
        JsonNode call = called.get("toolCalls").get(0);
        assertThat(call.get("name").asString()).isEqualTo("weather");
        assertThat(JSON.readTree(call.get("arguments").asString()).get("city").isString())
                .isTrue();
        String turns = messages()
                .replace(
                        "]",
                        ",{\"role\":\"assistant\",\"toolCalls\":[" + call
                                + "]},{\"role\":\"tool\",\"content\":\"sunny\",\"toolCallId\":" + call.get("id")
                                + "}]");
        JsonNode after = answer(CHAT, request(base, null, "\"messages\":" + turns, 5, TOOLS));
        assertThat(after.get("finishReason").asString()).isIn("stop", "length");
        JsonNode rendered = service()
                .post(
                        "/internal/v1/render",
                        "{\"base\":\"%s\",\"messages\":%s,\"addGenerationPrompt\":true%s}"
                                .formatted(base, turns, TOOLS))
                .json();
        assertThat(rendered.get("prompt").asString())
                .contains("<tools>", "weather", "<tool_call>", "<tool_response>\nsunny");
    }

    @Test
    void besideAFormToolsMayBeCalled() throws IOException {
        String base = base();
        String form = TOOLS + ",\"constraint\":{\"regex\":\"(yes|no)\"}";
        JsonNode said = answer(CHAT, begunWith("no", request(base, null, "\"messages\":" + messages(), 60, form)));
        assertThat(said.get("text").asString()).isEqualTo("no");
        assertThat(said.get("finishReason").asString()).isEqualTo("stop");
        assertThat(said.has("toolCalls")).isFalse();
        String body = request(base, null, "\"messages\":" + messages(), 60, form);
        JsonNode called = answer(CHAT, begunWith("<tool_call>", body));
        assertThat(called.get("text").asString()).isEmpty();
        assertThat(called.get("finishReason").asString()).isEqualTo("tool_calls");
        assertThat(called.get("toolCalls").get(0).get("name").asString()).isEqualTo("weather");
        TestApi.Answer refused = service().post(CHAT, body.replace("\"maxLength\":8", "\"not\":{}"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("errors").get(0).get("field").asString()).isEqualTo("tools");
    }

    /** The same whose answers prefer a text's first token to all others. */
    private static String begunWith(String text, String body) {
        try (Tokenizer tokenizer = Tokenizers.of(TinyModelFiles.folder())) {
            int first = tokenizer.encodeOrdinary(text)[0];
            return body.replace("\"temperature\":0", "\"temperature\":0,\"logitBias\":{\"%d\":100}".formatted(first));
        }
    }

    @Test
    void textsBecomeVectors() throws IOException {
        String base = base();
        String body =
                "{\"model\":{\"base\":\"%s\"},\"inputs\":[\"Hello there\",\"Good bye\",\"Hello there\"],\"pooling\":\"%s\"}";
        for (String pooling : List.of("mean", "last")) {
            JsonNode answer = service()
                    .post("/internal/v1/embeddings", body.formatted(base, pooling))
                    .json();
            JsonNode vectors = answer.get("embeddings");
            assertThat(vectors.size()).isEqualTo(3);
            double length = vectors.get(0)
                    .valueStream()
                    .mapToDouble(value -> value.asDouble() * value.asDouble())
                    .sum();
            assertThat(length).isBetween(0.999, 1.001);
            assertThat(vectors.get(2)).isEqualTo(vectors.get(0)).isNotEqualTo(vectors.get(1));
            JsonNode counted = service()
                    .post("/internal/v1/embeddings/check", body.formatted(base, pooling))
                    .json();
            assertThat(counted).isEqualTo(answer.get("usage"));
        }
        TestApi.Answer refused = service().post("/internal/v1/embeddings", body.formatted(base, "max"));
        assertThat(refused.status()).isEqualTo(400);
    }

    private JsonNode answer(String path, String body) {
        TestApi.Answer answer = service().post(path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().get("completions").get(0);
    }
}
