package dev.paddock.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.classification.LabelKind;
import dev.paddock.llama.classification.LabelScheme;
import dev.paddock.testkit.TestApi;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Conversations get labels, and their messages spans, beside a base's other work. */
class ClassificationTest extends WorkerStory {
    private static final String CLASSIFICATIONS = "/internal/v1/classifications";
    private static final LabelScheme INTENTS =
            new LabelScheme(LabelKind.SEQUENCE, true, List.of("card lost", "top up", "greeting"));

    private static String request(String base, String adapter, String... texts) {
        List<String> inputs = new ArrayList<>();
        for (String text : texts) {
            inputs.add("[{\"role\":\"user\",\"content\":%s}]".formatted(JSON.writeValueAsString(text)));
        }
        return "{\"model\":{\"base\":\"%s\",\"adapter\":\"%s\"},\"inputs\":%s}".formatted(base, adapter, inputs);
    }

    private JsonNode classify(String body) {
        TestApi.Answer answer = service().post(CLASSIFICATIONS, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private void refused(String body, int status, String code) {
        for (String path : List.of(CLASSIFICATIONS, CLASSIFICATIONS + "/check")) {
            TestApi.Answer answer = service().post(path, body);
            assertThat(answer.status()).as(answer.text()).isEqualTo(status);
            assertThat(answer.json().get("code").asString()).isEqualTo(code);
        }
    }

    @Test
    void textsGetTheLabelTheyGetAlone() throws IOException {
        String base = base();
        String adapter = TestModels.classifier(store, temporary.resolve("intents"), INTENTS, 1);
        String[] texts = {"Hello", "I lost my card in the city", "Top up, please!", "Where is it? ".repeat(60), "Bye"};
        JsonNode together = classify(request(base, adapter, texts));
        assertThat(together.get("kind").asString()).isEqualTo("sequence");
        assertThat(together.get("labels").size()).isEqualTo(3);
        int tokens = 0;
        for (int i = 0; i < texts.length; i++) {
            JsonNode alone = classify(request(base, adapter, texts[i]));
            tokens += alone.get("usage").get("promptTokens").asInt();
            JsonNode expected = alone.get("classifications").get(0);
            JsonNode actual = together.get("classifications").get(i);
            assertThat(actual.get("label")).isEqualTo(expected.get("label"));
            double sum = 0;
            for (int label = 0; label < 3; label++) {
                double probability = actual.get("probs").get(label).asDouble();
                assertThat(probability)
                        .isCloseTo(expected.get("probs").get(label).asDouble(), within(1e-4));
                sum += probability;
            }
            assertThat(sum).isCloseTo(1, within(1e-9));
        }
        assertThat(together.get("usage").get("promptTokens").asInt()).isEqualTo(tokens);
        assertThat(service()
                        .post(CLASSIFICATIONS + "/check", request(base, adapter, texts))
                        .json()
                        .get("promptTokens")
                        .asInt())
                .isEqualTo(tokens);
    }

    @Test
    void messagesGetSpans() throws IOException {
        LabelScheme slots = LabelScheme.ofSpans(false, List.of("time", "place"));
        String adapter = TestModels.classifier(store, temporary.resolve("slots"), slots, 4);
        String text = "Meet 🙂 me at noon in the old town, or tomorrow at the station";
        JsonNode answer = classify(request(base(), adapter, text, ""));
        assertThat(answer.get("kind").asString()).isEqualTo("token");
        assertThat(answer.get("labels").toString()).isEqualTo("[\"time\",\"place\"]");
        assertThat(answer.get("classifications").get(1).get("spans").size()).isZero();
        JsonNode spans = answer.get("classifications").get(0).get("spans");
        assertThat(spans.size()).isPositive();
        int end = 0;
        for (JsonNode span : spans) {
            assertThat(span.get("start").asInt()).isGreaterThanOrEqualTo(end);
            end = span.get("end").asInt();
            assertThat(end).isGreaterThan(span.get("start").asInt());
            assertThat(span.get("label").asString()).isIn("time", "place");
            assertThat(span.get("score").asDouble()).isBetween(0.2, 1.0);
        }
        assertThat(end).isLessThanOrEqualTo(text.codePointCount(0, text.length()));
    }

    @Test
    void mistakesAreProblemsWithTheirWayOut() throws IOException {
        String base = base();
        String classifier = TestModels.classifier(store, temporary.resolve("intents"), INTENTS, 1);
        String writer = TestModels.adapter(store, temporary.resolve("writer"), 1);
        refused(request(base, writer, "Hello"), 422, "not-a-classifier");
        refused(request(base, writer, "Hello").replaceAll(",\"adapter\":\"[^\"]*\"", ""), 422, "not-a-classifier");
        refused(request(base, TestModels.unknown(), "Hello"), 404, "unknown-artifact");
        refused(request(base, classifier, "Hello there. ".repeat(2000)), 422, "context-length-exceeded");
        refused(request(base, classifier), 400, "invalid-request");
        refused(
                request(base, classifier, Collections.nCopies(1025, "a").toArray(String[]::new)),
                400,
                "invalid-request");
        refused("{\"model\":{\"base\":\"%s\"},\"inputs\":[[]]}".formatted(base), 400, "invalid-request");
        String prompt = request(base, classifier, "\"prompts\":[\"Hello\"]", 1, "");
        assertThat(assertProblem(prompt, 422, "gives-labels").text()).contains("ask it to classify");
        assertThat(service().post(COMPLETIONS + "/check", prompt).status()).isEqualTo(422);
        assertThat(api.as("engineer")
                        .post(CLASSIFICATIONS, request(base, classifier, "Hello"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void labelsComeWhileTextsAreWritten() throws Exception {
        String base = base();
        String adapter = TestModels.classifier(store, temporary.resolve("intents"), INTENTS, 1);
        JsonNode quiet = classify(request(base, adapter, "Hello"));
        String endless = request(base, null, "\"prompts\":[\"Hello\"]", 1900, ",\"stream\":true")
                .replace("\"temperature\":0", "\"temperature\":0,\"logitBias\":{\"0\":-100,\"2\":-100}");
        try (InputStream stream = stream(endless)) {
            await(() -> busy() > 0);
            assertThat(classify(request(base, adapter, "Hello"))).isEqualTo(quiet);
            assertThat(stream.read()).isNotNegative();
        }
        await(() -> busy() == 0);
    }
}
