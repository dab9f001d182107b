package dev.paddock.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.training.TrainingProgress;
import dev.paddock.methods.training.TrainingCatalogue;
import dev.paddock.methods.training.TrainingInput;
import dev.paddock.methods.training.TrainingObserver;
import dev.paddock.testkit.TestApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A model of which every weight was trained for labels gives them by itself, and does nothing else. */
class WholeClassifierServingTest extends WorkerStory {
    private static final String CLASSIFICATIONS = "/internal/v1/classifications";
    private static final String ROW = """
            {"messages":[{"role":"user","content":"%s parcel %d"},{"role":"assistant","content":"%s"}]}
            """;
    private static final String SPANS = """
            {"messages":[{"role":"user","content":"bring %s to hall"}],"spans":[{"start":6,"end":%d,"label":"thing"}]}
            """;

    /** Trains every weight of the tiny model on the rows. */
    private String trained(String name, String task, String rows) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve(name));
        Files.writeString(folder.resolve("train.jsonl"), rows);
        ObjectNode params = (ObjectNode) JSON.readTree("""
                {"epochs":30,"batchSize":1,"sequenceLength":128,"learningRate":0.001,"precision":"fp32","task":"%s"}
                """.formatted(task));
        TrainingInput input = new TrainingInput(
                TinyModelFiles.folder(),
                folder.resolve("train.jsonl"),
                folder.resolve("checkpoints"),
                null,
                folder.resolve("out"),
                "sha256:base",
                1,
                Instant.EPOCH);
        TrainingCatalogue.load()
                .compose("label-supervised", "full", "label-supervised")
                .train(params, input, new Silent());
        return store.putFolder(folder.resolve("out")).value();
    }

    private String intents() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            rows.append(ROW.formatted("lost", i, "claim")).append(ROW.formatted("send", i, "order"));
        }
        return trained("intents", "sequence", rows.toString());
    }

    private static String request(String model, String text) {
        return "{\"model\":{\"base\":\"%s\"},\"inputs\":[[{\"role\":\"user\",\"content\":\"%s\"}]]}"
                .formatted(model, text);
    }

    private JsonNode classify(String model, String text) {
        TestApi.Answer answer = service().post(CLASSIFICATIONS, request(model, text));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(service()
                        .post(CLASSIFICATIONS + "/check", request(model, text))
                        .status())
                .isEqualTo(200);
        return answer.json();
    }

    @Test
    void textsGetTheirLabelsAndNothingIsWritten() throws IOException {
        String model = intents();
        JsonNode answer = classify(model, "lost parcel 3");
        assertThat(answer.get("labels").toString()).isEqualTo("[\"claim\",\"order\"]");
        JsonNode claim = answer.get("classifications").get(0);
        assertThat(claim.get("label").asString()).isEqualTo("claim");
        assertThat(claim.get("probs").get(0).asDouble()).isGreaterThan(0.9);
        assertThat(classify(model, "send parcel 5")
                        .get("classifications")
                        .get(0)
                        .get("label")
                        .asString())
                .isEqualTo("order");
        String prompt = request(model, null, "\"prompts\":[\"Hello\"]", 1, "");
        assertThat(assertProblem(prompt, 422, "gives-labels").text()).contains("base " + model + " gives labels");
        String embedding = "{\"model\":{\"base\":\"%s\"},\"inputs\":[\"Hello\"],\"pooling\":\"mean\"}".formatted(model);
        assertThat(service()
                        .post("/internal/v1/embeddings", embedding)
                        .json()
                        .get("code")
                        .asString())
                .isEqualTo("gives-labels");
    }

    @Test
    void messagesGetTheirSpans() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (String thing : new String[] {"a box", "the letter", "one parcel", "my bag"}) {
            rows.append(SPANS.formatted(thing, 6 + thing.length()));
        }
        String model = trained("slots", "token", rows.toString().repeat(4));
        JsonNode spans = classify(model, "bring the letter to hall")
                .get("classifications")
                .get(0)
                .get("spans");
        assertThat(spans.size()).isEqualTo(1);
        assertThat(spans.get(0).get("label").asString()).isEqualTo("thing");
        assertThat(spans.get(0).get("start").asInt()).isEqualTo(6);
        assertThat(spans.get(0).get("end").asInt()).isEqualTo(16);
    }

    /** Nobody listens. */
    private static final class Silent implements TrainingObserver {
        @Override
        public void progressed(TrainingProgress progress) {}

        @Override
        public void checkpointed(int step, Path checkpoint) {}

        @Override
        public void log(String line) {}
    }
}
