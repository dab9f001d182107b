package dev.paddock.registry;

import static dev.paddock.registry.Story.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.contracts.event.PolicyPublished;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.testkit.ServiceTest;
import dev.paddock.testkit.TestApi;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Who may change what serves, and that only what passes still may serve. */
@ServiceTest
class DeploymentDutiesTest {
    private Story story;
    private ArtifactStore store;
    private JsonNode base;

    @BeforeEach
    void aBaseIsOnRecord(
            @Autowired TestApi api, @Autowired ArtifactStore artifacts, @Autowired Producer<String, String> producer)
            throws IOException {
        store = artifacts;
        story = new Story(api, store, producer);
        base = story.importedBase("tiny");
    }

    @Test
    void aBaseIsThePlatformsAndAGuardIsSafetys() throws IOException {
        assertThat(delete("engineer", live("tiny"))).isEqualTo(403);
        assertThat(delete("safety", live("tiny"))).isEqualTo(403);
        JsonNode guard = guard();
        String redeploy = "{\"model\":\"starter-guard\",\"versionId\":\"%s\"}".formatted(id(guard));
        for (String role : new String[] {"engineer", "platform"}) {
            assertThat(delete(role, live("starter-guard"))).as(role).isEqualTo(403);
            assertThat(story.as(role).post("/api/v1/deployments", redeploy).status())
                    .as(role)
                    .isEqualTo(403);
        }
        assertThat(delete("safety", live("starter-guard"))).isEqualTo(200);
        assertThat(story.as("safety").post("/api/v1/deployments", redeploy).status())
                .isEqualTo(201);
        assertThat(delete("platform", live("tiny"))).isEqualTo(200);
    }

    @Test
    void onlyABasesFirstGuardServesAtOnceAndItsSuccessorIsSafetysToDeploy() throws IOException {
        JsonNode first = guard();
        assertThat(story.served()).containsEntry("starter-guard", id(first).toString());
        JsonNode sameBytes = story.importedBase("twin", base.path("digest").asString(), "huggingface");
        for (JsonNode on : new JsonNode[] {base, sameBytes}) {
            JsonNode weaker = guard("weaker-" + on.path("name").asString(), on);
            assertThat(weaker.path("state").asString()).isEqualTo("IMPORTED");
            assertThat(story.served()).doesNotContainValue(id(weaker).toString());
        }
        JsonNode next = guard("starter-guard", base);
        assertThat(story.served()).containsEntry("starter-guard", id(first).toString());
        String order = "{\"model\":\"starter-guard\",\"versionId\":\"%s\"}".formatted(id(next));
        assertThat(story.as("platform").post("/api/v1/deployments", order).status())
                .isEqualTo(403);
        assertThat(story.as("safety").post("/api/v1/deployments", order).status())
                .isEqualTo(201);
        assertThat(story.served()).containsEntry("starter-guard", id(next).toString());
    }

    @Test
    void anEvaluationOfFewerSuitesTakesNoPassAwayUnlessItFails() throws IOException {
        JsonNode adapter = story.approved(base);
        String passed = story.version(adapter).path("evaluationId").asString();
        UUID narrow = story.evaluationTold(adapter, "INCONCLUSIVE", false);
        await().atMost(Duration.ofSeconds(20)).until(() -> story.as("auditor")
                .get("/api/v1/versions/" + id(adapter) + "/lineage")
                .text()
                .contains(narrow.toString()));
        assertThat(story.version(adapter).path("evaluationId").asString()).isEqualTo(passed);
        assertThat(deploy("engineer", adapter, null).status()).isEqualTo(201);

        UUID failed = story.evaluationTold(adapter, "FAIL", false);
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        story.version(adapter).path("evaluationId").asString().equals(failed.toString()));
        assertThat(deploy("engineer", adapter, null).json().path("code").asString())
                .isEqualTo("gate-not-passed");
    }

    @Test
    void aPolicyIsSafetysChoiceAmongThoseThatAreThereAndStays() throws IOException {
        JsonNode adapter = story.approved(base);
        UUID policy = UUID.randomUUID();
        assertThat(deploy("engineer", adapter, policy).status()).isEqualTo(403);
        assertThat(deploy("engineer", adapter, null).status()).isEqualTo(201);
        TestApi.Answer unknown = deploy("safety", adapter, policy);
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.text()).contains("policyId", policy.toString());

        story.tell(new PolicyPublished(policy, 1, "strict", null, "safety"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> deploy("safety", adapter, policy).status() == 201);

        JsonNode newer = story.approved(base);
        assertThat(deploy("safety", newer, null).status())
                .as("which adapter serves is not safety's choice")
                .isEqualTo(403);
        JsonNode live = deploy("engineer", newer, null).json();
        assertThat(live.path("policyId").asString()).isEqualTo(policy.toString());
        assertThat(delete("engineer", live)).isEqualTo(200);
        assertThat(deploy("engineer", newer, null).json().path("policyId").asString())
                .as("nor does a new beginning free the name of its policy")
                .isEqualTo(policy.toString());
    }

    @Test
    void aRollbackToAnotherPolicyIsSafetysToo() throws IOException {
        JsonNode adapter = story.approved(base);
        deploy("engineer", adapter, null);
        UUID policy = UUID.randomUUID();
        story.tell(new PolicyPublished(policy, 1, "strict", null, "safety"));
        JsonNode live = await().atMost(Duration.ofSeconds(20))
                .until(() -> deploy("safety", adapter, policy), answer -> answer.status() == 201)
                .json();
        String rollback = "/api/v1/deployments/" + id(live) + "/rollback";

        assertThat(story.as("engineer").post(rollback, null).status()).isEqualTo(403);
        assertThat(story.as("safety").post(rollback, null).status()).isEqualTo(201);
    }

    @Test
    void whatFailedSinceItsApprovalServesNoMoreUntilItPassesAgain() throws IOException {
        JsonNode adapter = story.approved(base);
        story.evaluated(adapter, "FAIL");
        assertThat(deploy("engineer", adapter, null).json().path("code").asString())
                .isEqualTo("gate-not-passed");

        story.evaluated(adapter, "PASS");
        JsonNode first = deploy("engineer", adapter, null).json();
        JsonNode second = deploy("engineer", story.approved(base), null).json();
        assertThat(first.path("state").asString()).isEqualTo("LIVE");
        story.evaluated(adapter, "FAIL");
        assertThat(story.as("engineer")
                        .post("/api/v1/deployments/" + id(second) + "/rollback", null)
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("gate-not-passed");
    }

    @Test
    void whatWasChangedSinceItsApprovalServesNoMore() throws IOException {
        JsonNode adapter = story.approved(base);
        Folders.changeOneByte(store, adapter.path("digest").asString(), "adapter_model.safetensors");

        TestApi.Answer answer = deploy("engineer", adapter, null);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("code").asString()).isEqualTo("unfit-artifact");
        assertThat(story.served()).containsOnlyKeys("tiny");
    }

    private TestApi.Answer deploy(String role, JsonNode version, @org.jspecify.annotations.Nullable UUID policy) {
        Map<String, Object> order = policy == null
                ? Map.of("model", "routing", "versionId", id(version))
                : Map.of("model", "routing", "versionId", id(version), "policyId", policy);
        return story.as(role).post("/api/v1/deployments", order);
    }

    private JsonNode guard() throws IOException {
        return guard("starter-guard", base);
    }

    private JsonNode guard(String name, JsonNode on) throws IOException {
        String digest = Folders.adapter(store, on.path("digest").asString());
        TestApi.Answer answer = story.as("platform")
                .post(
                        "/api/v1/guards",
                        Map.of("name", name, "digest", digest, "baseVersionId", id(on), "source", "the recipe"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private JsonNode live(String model) {
        return story.as("auditor")
                .get("/api/v1/deployments?state=LIVE&model=" + model)
                .json()
                .path("items")
                .path(0);
    }

    private int delete(String role, JsonNode deployment) {
        return story.as(role).delete("/api/v1/deployments/" + id(deployment)).status();
    }
}
