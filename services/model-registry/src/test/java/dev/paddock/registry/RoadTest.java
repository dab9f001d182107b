package dev.paddock.registry;

import static dev.paddock.registry.Story.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.testkit.ServiceTest;
import dev.paddock.testkit.TestApi;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Import → train → evaluate → propose → approve → deploy → roll back → undeploy. */
@ServiceTest
class RoadTest {
    private Story story;
    private JsonNode base;

    @BeforeEach
    void aBaseIsOnRecord(
            @Autowired TestApi api, @Autowired ArtifactStore store, @Autowired Producer<String, String> producer)
            throws IOException {
        story = new Story(api, store, producer);
        base = story.importedBase("tiny");
    }

    @Test
    void anAdapterGoesTheWholeRoad() throws IOException {
        JsonNode candidate = story.trained(base);
        assertThat(candidate.path("state").asString()).isEqualTo("CANDIDATE");
        assertThat(candidate.path("baseDigest")).isEqualTo(base.path("digest"));
        assertThat(code(story.deploy("routing", candidate))).isEqualTo("not-approved");
        story.evaluated(candidate, "PASS");
        JsonNode approval = story.proposed(candidate);
        assertThat(code(story.deploy("routing", candidate))).isEqualTo("not-approved");

        assertThat(story.decide(approval, "approve").json().path("state").asString())
                .isEqualTo("APPROVED");
        assertThat(story.version(candidate).path("state").asString()).isEqualTo("APPROVED");

        assertThat(story.deploy("routing", candidate).status()).isEqualTo(201);
        JsonNode served = story.service().get("/internal/v1/deployments").json().path(0);
        assertThat(served.path("model").asString()).isEqualTo("routing");
        assertThat(served.path("adapterDigest")).isEqualTo(candidate.path("digest"));
        assertThat(served.path("baseDigest")).isEqualTo(base.path("digest"));
        assertThat(served.path("tenant").asString()).isEqualTo(story.tenant);
    }

    @Test
    void aRollbackGoesBackStepByStepAndUndeployEnds() throws IOException {
        JsonNode first = story.approved(base);
        JsonNode second = story.approved(base);
        JsonNode third = story.approved(base);
        story.deploy("routing", first);
        story.deploy("routing", second);
        JsonNode live = story.deploy("routing", third).json();

        live = rollBack(live);
        assertThat(story.served()).containsEntry("routing", id(second).toString());
        live = rollBack(live);
        assertThat(story.served()).containsEntry("routing", id(first).toString());
        TestApi.Answer further = story.as("engineer").post("/api/v1/deployments/" + id(live) + "/rollback", null);
        assertThat(code(further)).isEqualTo("nothing-to-roll-back");

        assertThat(story.as("engineer")
                        .delete("/api/v1/deployments/" + id(live))
                        .status())
                .isEqualTo(200);
        assertThat(story.served()).containsOnlyKeys("tiny");
        assertThat(code(story.as("engineer").delete("/api/v1/deployments/" + id(live))))
                .isEqualTo("not-live");
        assertThat(story.as("engineer")
                        .get("/api/v1/deployments?model=routing")
                        .json()
                        .path("items"))
                .hasSize(5);
    }

    @Test
    void aBaseServesUnderItsOwnNameFromItsImportOn() throws IOException {
        assertThat(story.served()).containsExactly(Map.entry("tiny", id(base).toString()));
        JsonNode adapter = story.approved(base);

        assertThat(code(story.deploy("tiny", adapter))).isEqualTo("name-taken");
        assertThat(code(story.deploy("other", base))).isEqualTo("invalid-request");
        assertThat(code(story.deploy("no/slash", adapter))).isEqualTo("invalid-request");
    }

    @Test
    void anIfMatchOfAnotherStateChangesNothing() throws IOException {
        JsonNode adapter = story.approved(base);
        JsonNode live = story.deploy("routing", adapter).json();

        TestApi.Answer answer =
                story.as("engineer").header("If-Match", "\"99\"").delete("/api/v1/deployments/" + id(live));

        assertThat(answer.status()).isEqualTo(412);
        assertThat(story.served()).containsKey("routing");
    }

    private JsonNode rollBack(JsonNode live) {
        TestApi.Answer answer = story.as("engineer").post("/api/v1/deployments/" + id(live) + "/rollback", null);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private static String code(TestApi.Answer answer) {
        return answer.json().path("code").asString();
    }
}
