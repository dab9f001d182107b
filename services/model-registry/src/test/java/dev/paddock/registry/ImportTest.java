package dev.paddock.registry;

import static dev.paddock.registry.Story.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.testkit.ServiceTest;
import dev.paddock.testkit.TestApi;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Bases and guards on record, and adapters on other bases than their own. */
@ServiceTest
class ImportTest {
    @Autowired
    private ArtifactStore store;

    private Story story;

    @BeforeEach
    void aTenant(@Autowired TestApi api, @Autowired Producer<String, String> producer) {
        story = new Story(api, store, producer);
    }

    @Test
    void anImportAgainIsTheSameVersion() throws IOException {
        String digest = Folders.base(store);

        JsonNode first = story.importedBase("tiny", digest, "huggingface");
        JsonNode second = story.importedBase("tiny", digest, "huggingface");

        assertThat(second).isEqualTo(first);
        assertThat(first.has("baseVersionId")).isFalse();
    }

    @Test
    void twoDigestsOfOneModelAreTwoVersionsSideBySide() throws IOException {
        JsonNode hub = story.importedBase("tiny", Folders.base(store), "huggingface");
        JsonNode quantized = story.importedBase("tiny", Folders.gguf(store), "gguf");
        JsonNode named =
                story.importedBase("tiny-Q4_1", quantized.path("digest").asString(), "gguf");

        assertThat(story.as("engineer").get("/api/v1/bases").json().path("items"))
                .extracting(base -> base.path("id").asString())
                .containsExactly(id(named).toString(), id(quantized).toString(), id(hub).toString());
        assertThat(story.served())
                .containsOnly(
                        Map.entry("tiny", id(quantized).toString()),
                        Map.entry("tiny-Q4_1", id(named).toString()));
    }

    @Test
    void whatIsNotThereOrNotABaseIsRefused() throws IOException {
        String adapter = Folders.adapter(store, "sha256:" + "a".repeat(64));

        assertThat(code(base("tiny", "sha256:" + "0".repeat(64), "huggingface")))
                .isEqualTo("unknown-artifact");
        assertThat(code(base("tiny", adapter, "huggingface"))).isEqualTo("unfit-artifact");
        assertThat(code(base("tiny", Folders.base(store), "gguf"))).isEqualTo("unfit-artifact");
        TestApi.Answer wrong = base("../tiny", "sha256:abc", "exe");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().path("errors"))
                .extracting(error -> error.path("field").asString())
                .containsExactlyInAnyOrder("name", "digest", "format");
        assertThat(story.as("engineer").post("/api/v1/bases", Map.of()).status())
                .isEqualTo(403);
    }

    @Test
    void aGuardServesUnderItsOwnNameOnTheBaseThatItNames() throws IOException {
        JsonNode base = story.importedBase("tiny");

        TestApi.Answer answer = guard(
                "starter-guard", Folders.adapter(store, base.path("digest").asString()), base);

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.json().path("kind").asString()).isEqualTo("GUARD");
        assertThat(story.served())
                .containsEntry("starter-guard", id(answer.json()).toString());
        assertThat(code(story.deploy("starter-guard", story.approved(base)))).isEqualTo("name-taken");
        String silent = Folders.put(store, Map.of("adapter_config.json", "{}", "adapter_model.safetensors", "x"));
        assertThat(code(guard("silent", silent, base))).isEqualTo("unfit-artifact");
    }

    @Test
    void anotherBaseNeedsAMeasuredRecordThatAnotherPersonApproved() throws IOException {
        JsonNode trainedOn = story.importedBase("hub", Folders.base(store), "huggingface");
        JsonNode other = story.importedBase("quantized", Folders.gguf(store), "gguf");
        JsonNode adapter = story.approved(trainedOn);
        String guard = Folders.adapter(store, trainedOn.path("digest").asString());
        assertThat(code(deployOn(adapter, other))).isEqualTo("incompatible-base");
        assertThat(code(guard("starter-guard", guard, other))).isEqualTo("incompatible-base");

        JsonNode record = registered(trainedOn, other);
        assertThat(code(deployOn(adapter, other))).isEqualTo("incompatible-base");
        String path = "/api/v1/compatible-bases/" + id(record) + "/approve";
        assertThat(story.as("platform").post(path, null).status()).isEqualTo(403);
        assertThat(story.as("approver").post(path, null).json().path("state").asString())
                .isEqualTo("APPROVED");

        assertThat(deployOn(adapter, other).status()).isEqualTo(201);
        assertThat(guard("starter-guard", guard, other).status()).isEqualTo(201);
        JsonNode served = story.service()
                .get("/internal/v1/deployments")
                .json()
                .valueStream()
                .filter(model -> model.path("model").asString().equals("routing"))
                .findFirst()
                .orElseThrow();
        assertThat(served.path("baseDigest")).isEqualTo(other.path("digest"));
    }

    private JsonNode registered(JsonNode trainedOn, JsonNode other) {
        TestApi.Answer answer = story.as("platform")
                .post(
                        "/api/v1/compatible-bases",
                        Map.of(
                                "trainedOnDigest", trainedOn.path("digest").asString(),
                                "baseVersionId", id(other),
                                "measurement",
                                        Map.of(
                                                "metric",
                                                "accuracy",
                                                "reference",
                                                0.9,
                                                "measured",
                                                0.89,
                                                "items",
                                                400)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private TestApi.Answer deployOn(JsonNode adapter, JsonNode base) {
        return story.as("engineer")
                .post(
                        "/api/v1/deployments",
                        Map.of("model", "routing", "versionId", id(adapter), "baseVersionId", id(base)));
    }

    private TestApi.Answer guard(String name, String digest, JsonNode base) {
        return story.as("platform")
                .post(
                        "/api/v1/guards",
                        Map.of("name", name, "digest", digest, "baseVersionId", id(base), "source", "the recipe"));
    }

    private TestApi.Answer base(String name, String digest, String format) {
        return story.as("platform")
                .post(
                        "/api/v1/bases",
                        new HashMap<>(Map.of("name", name, "digest", digest, "format", format, "source", "a folder")));
    }

    private static String code(TestApi.Answer answer) {
        return answer.json().path("code").asString();
    }
}
