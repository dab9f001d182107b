package dev.paddock.trainingjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.contracts.event.CloudEvents;
import dev.paddock.contracts.event.MergeCompleted;
import dev.paddock.contracts.event.TrainingCompleted;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.testkit.TestApi.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Jobs that read other versions, and jobs whose result is a whole model. */
class MergeStoryTest extends TrainingJobTest {
    private static final String JOBS = "/api/v1/training-jobs";
    private static final String ADAPTER_DIGEST = "sha256:" + "ad".repeat(32);
    private static final String MODEL_DIGEST = "sha256:" + "ed".repeat(32);

    @Autowired
    private ArtifactStore artifacts;

    private UUID adapter;
    private UUID model;

    @BeforeEach
    void aModelAndAnAdapterWereMadeOfTheBase() {
        world.announce(List.of(World.merging("mixing", 2, 3), World.merging("adding", 2, 2, "instruct", "target")));
        adapter = world.trained("ADAPTER", World.BASE, ADAPTER_DIGEST);
        model = world.trained("MODEL", World.BASE, MODEL_DIGEST);
    }

    @Test
    void aMergeNamesItsSourcesByDigestFromOrderToEnd() {
        JsonNode job = placed(merge("mixing", List.of(source(adapter, "weight", 0.25), source(model))));
        assertThat(job.path("sources").path(0).path("digest").asString()).isEqualTo(ADAPTER_DIGEST);
        assertThat(job.path("datasetVersionId").asString("none")).isEqualTo("none");
        String id = job.path("id").asString();
        await().untilAsserted(() -> assertThat(Told.about(id)).containsExactly("MergeRequested"));

        Worker worker = worker("merger", "mixing");
        JsonNode sources = worker.claim().path("order").path("sources");
        assertThat(sources.path(0).path("baseDigest").asString()).isEqualTo(World.DIGEST);
        assertThat(sources.path(0).path("weight").asDouble()).isEqualTo(0.25);
        assertThat(sources.path(1).path("kind").asString()).isEqualTo("MODEL");
        assertThat(worker.complete("model").status()).isEqualTo(204);

        await().untilAsserted(() -> assertThat(Told.about(id)).containsOnlyOnce("MergeCompleted"));
        MergeCompleted completed = CloudEvents.event(Told.one(id, "MergeCompleted"), MergeCompleted.class);
        assertThat(completed.sources()).extracting(source -> source.versionId()).containsExactly(adapter, model);
        assertThat(completed.baseVersionId()).isEqualTo(World.BASE);
        assertThat(job(id).path("artifactKind").asString()).isEqualTo("model");
    }

    @Test
    void trainingOverOtherVersionsNamesThemFromOrderToEnd() {
        world.announce(List.of(World.over("routing", 2, 4)));
        UUID second = world.trained("ADAPTER", World.BASE, ADAPTER_DIGEST);
        Map<String, Object> order = order("routing");
        refused(order, "sources", "reads 2 to 4 other versions");
        order.put("sources", List.of(source(adapter), source(model)));
        refused(order, "sources[1].versionId", "is of kind MODEL");
        UUID stranger = world.trained("ADAPTER", model, ADAPTER_DIGEST);
        order.put("sources", List.of(source(adapter), source(stranger)));
        refused(order, "sources[1].versionId", "adapters of the order's baseVersionId alone");
        order.put("sources", List.of(source(adapter), source(second, "weight", 2.0)));
        refused(order, "sources[1].weight", "leave weight out");
        order.put("sources", List.of(source(adapter), source(second)));
        String id = placed(order).path("id").asString();
        await().untilAsserted(() -> assertThat(Told.about(id)).containsExactly("TrainingRequested"));
        Worker worker = worker("trainer", "routing");
        JsonNode claimed = worker.claim().path("order");
        assertThat(claimed.path("adapter").asString()).isEqualTo("none");
        assertThat(claimed.path("objective").asString()).isEqualTo("sft");
        assertThat(claimed.path("sources").path(1).path("digest").asString()).isEqualTo(ADAPTER_DIGEST);
        assertThat(worker.complete("adapter").status()).isEqualTo(204);
        await().untilAsserted(() -> assertThat(Told.about(id)).containsOnlyOnce("TrainingCompleted"));
        TrainingCompleted completed = CloudEvents.event(Told.one(id, "TrainingCompleted"), TrainingCompleted.class);
        assertThat(completed.sources()).extracting(source -> source.versionId()).containsExactly(adapter, second);
    }

    @Test
    void rowsMayBeNamedForEvaluation() {
        world.announce(List.of(World.merging("mixing-rows", 2, 3)));
        Map<String, Object> order = merge("mixing-rows", List.of(source(adapter), source(model)));
        order.put("datasetVersionId", World.DATASET_VERSION.toString());
        assertThat(placed(order).path("datasetDigest").asString()).isEqualTo(World.DIGEST);
        order.put("datasetVersionId", UUID.randomUUID().toString());
        refused(order, "datasetVersionId", "must be a dataset version");
    }

    @Test
    void aTrainedModelIsABaseAsWell() {
        world.announce("further");
        Map<String, Object> order = order("further");
        order.put("baseVersionId", model.toString());
        await().until(() -> engineer().post(JOBS, dry(order)).status() == 200);
        String id = placed(order).path("id").asString();
        Worker worker = worker("trainer", "further");
        assertThat(worker.claim().path("order").path("baseDigest").asString()).isEqualTo(MODEL_DIGEST);
        worker.complete("model");
        await().untilAsserted(() -> assertThat(Told.about(id)).containsOnlyOnce("TrainingCompleted"));
        assertThat(CloudEvents.event(Told.one(id, "TrainingCompleted"), TrainingCompleted.class)
                        .artifactKind())
                .isEqualTo("model");
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        UUID stranger = world.trained("MODEL", UUID.randomUUID(), MODEL_DIGEST);
        refused(merge("mixing", List.of(source(adapter))), "sources", "reads 2 to 3 other versions");
        refused(merge("mixing", List.of()), "sources", "reads 2 to 3 other versions");
        refused(
                merge("mixing", List.of(source(adapter), source(stranger))),
                "sources[1].versionId",
                "not from the order's baseVersionId");
        refused(merge("mixing", List.of(source(adapter), source(adapter))), "sources", "must not name a version twice");
        refused(
                merge("mixing", List.of(source(adapter), source(UUID.randomUUID()))),
                "sources[1].versionId",
                "must be a base, model or adapter");
        refused(
                merge("mixing", List.of(source(adapter, "role", "instruct"), source(model))),
                "sources.role",
                "by weight alone");
        refused(
                merge("mixing", List.of(source(adapter, "weight", 1e9), source(model))),
                "sources[0].weight",
                "-1000 to 1000");
        refused(
                merge("adding", List.of(source(adapter, "role", "instruct"), source(model, "role", "instruct"))),
                "sources.role",
                "must be each of [instruct, target] once");
        world.announce("plain");
        Map<String, Object> trained = order("plain");
        trained.put("sources", List.of(source(model)));
        refused(trained, "sources", "reads no other versions");
    }

    @Test
    void aVersionThatGivesLabelsIsNeitherBaseNorSource(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("classifier.json"), "{}");
        String digest = artifacts.putFolder(folder).value();
        UUID classifier = world.trained("MODEL", World.BASE, digest);
        UUID headed = world.trained("ADAPTER", World.BASE, digest);
        world.announce("labels");
        Map<String, Object> order = order("labels");
        order.put("baseVersionId", classifier.toString());
        await().during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(30))
                .until(() -> engineer().post(JOBS, dry(order)).status() == 400);
        refused(order, "baseVersionId", "a trained model that writes texts");
        refused(
                merge("mixing", List.of(source(headed), source(model))),
                "sources[0].versionId",
                "adapter that writes texts");
    }

    /** As soon as the versions that were told of are known; a refused order leaves nothing behind. */
    private JsonNode placed(Map<String, Object> order) {
        return await().until(() -> engineer().post(JOBS, order), answer -> answer.status() == 201)
                .json();
    }

    /** As soon as they are known, too. */
    private void refused(Map<String, Object> order, String field, String rule) {
        await().untilAsserted(() -> {
            Answer answer = engineer().post(JOBS, order);
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.json().path("errors").findValuesAsString("field")).containsExactly(field);
            assertThat(answer.json().path("detail").asString()).contains(rule);
        });
    }

    private Map<String, Object> merge(String method, List<Map<String, Object>> sources) {
        Map<String, Object> order = order(method);
        order.remove("datasetVersionId");
        order.put("sources", sources);
        return order;
    }

    private static Map<String, Object> source(UUID version) {
        return Map.of("versionId", version.toString());
    }

    private static Map<String, Object> source(UUID version, String field, Object value) {
        return Map.of("versionId", version.toString(), field, value);
    }

    private static Map<String, Object> dry(Map<String, Object> order) {
        Map<String, Object> dry = new HashMap<>(order);
        dry.put("dryRun", true);
        return dry;
    }
}
