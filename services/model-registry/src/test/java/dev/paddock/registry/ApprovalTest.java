package dev.paddock.registry;

import static dev.paddock.registry.Story.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.testkit.ServiceTest;
import dev.paddock.testkit.TestApi;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Who may approve what, and what makes a request void. */
@ServiceTest
class ApprovalTest {
    @Autowired
    private TestApi api;

    @Autowired
    private ArtifactStore store;

    private Story story;
    private JsonNode version;

    @BeforeEach
    void aCandidateIsOnRecord(@Autowired Producer<String, String> producer) throws IOException {
        story = new Story(api, store, producer);
        version = story.trained(story.importedBase("tiny"));
    }

    @Test
    void nobodyApprovesTheirOwnRequest() {
        story.evaluated(version, "PASS");
        TestApi.As both = api.as("ada", story.tenant, "engineer", "approver");
        JsonNode approval =
                both.post("/api/v1/approvals", Map.of("versionId", id(version))).json();

        for (String decision : new String[] {"approve", "reject"}) {
            TestApi.Answer answer = both.post("/api/v1/approvals/" + id(approval) + "/" + decision, null);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(code(answer)).isEqualTo("self-approval");
        }
        assertThat(stateOf(approval)).isEqualTo("PENDING");
        assertThat(story.version(version).path("state").asString()).isEqualTo("EVALUATED");

        assertThat(story.decide(approval, "approve").status()).isEqualTo(200);
        assertThat(code(both.post("/api/v1/approvals/" + id(approval) + "/approve", null)))
                .as("also when another person has decided meanwhile")
                .isEqualTo("self-approval");
    }

    @Test
    void anEngineersRoleApprovesNothing() {
        story.evaluated(version, "PASS");
        JsonNode approval = story.proposed(version);

        assertThat(story.as("engineer")
                        .post("/api/v1/approvals/" + id(approval) + "/approve", null)
                        .status())
                .isEqualTo(403);
        assertThat(story.as("approver")
                        .post("/api/v1/approvals", Map.of("versionId", id(version)))
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAIL", "INCONCLUSIVE"})
    void onlyPassCanBeProposed(String verdict) {
        assertThat(code(propose())).isEqualTo("gate-not-passed");
        story.evaluated(version, verdict);

        TestApi.Answer answer = propose();

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("detail").asString()).contains(verdict, "PASS");
    }

    @Test
    void aChangedByteMakesTheRequestVoidEvenUnderAnIdempotencyKey() throws IOException {
        story.evaluated(version, "PASS");
        JsonNode approval = story.proposed(version);
        Folders.changeOneByte(store, version.path("digest").asString(), "adapter_model.safetensors");

        TestApi.Answer answer = story.as("approver")
                .header("Idempotency-Key", "k1")
                .post("/api/v1/approvals/" + id(approval) + "/approve", null);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(code(answer)).isEqualTo("approval-void");
        assertThat(stateOf(approval)).isEqualTo("VOID");
        assertThat(code(story.decide(approval, "approve"))).isEqualTo("not-pending");
        assertThat(code(story.deploy("routing", version))).isEqualTo("not-approved");
        assertThat(story.as("auditor")
                        .get("/api/v1/approval-log")
                        .json()
                        .path("items")
                        .path(0)
                        .path("action")
                        .asString())
                .isEqualTo("APPROVAL_VOIDED");
    }

    @Test
    void aLaterEvaluationOfTheSameBytesMakesTheRequestVoid() {
        story.evaluated(version, "PASS");
        JsonNode approval = story.proposed(version);
        story.evaluated(version, "FAIL");

        assertThat(code(story.decide(approval, "approve"))).isEqualTo("approval-void");
        assertThat(stateOf(approval)).isEqualTo("VOID");
    }

    @Test
    void aDecidedRequestIsNotDecidedAgain() {
        story.evaluated(version, "PASS");
        JsonNode approval = story.proposed(version);
        assertThat(code(propose())).isEqualTo("already-proposed");
        assertThat(story.decide(approval, "reject").json().path("state").asString())
                .isEqualTo("REJECTED");

        assertThat(code(story.decide(approval, "approve"))).isEqualTo("not-pending");
        assertThat(story.version(version).path("state").asString()).isEqualTo("REJECTED");
        assertThat(code(propose())).isEqualTo("gate-not-passed");
        story.evaluated(version, "PASS");
        assertThat(story.decide(story.proposed(version), "approve").status()).isEqualTo(200);
    }

    @Test
    void unknownVersionsAndThoseOfOtherTenantsAreNotThere() {
        story.evaluated(version, "PASS");
        assertThat(story.as("engineer")
                        .post("/api/v1/approvals", Map.of("versionId", UUID.randomUUID()))
                        .status())
                .isEqualTo(404);
        assertThat(api.as("engineer", "stranger", "engineer")
                        .post("/api/v1/approvals", Map.of("versionId", id(version)))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theSameKeyProposesOnce() {
        story.evaluated(version, "PASS");
        TestApi.As engineer = story.as("engineer").header("Idempotency-Key", "propose");
        Map<String, Object> body = Map.of("versionId", id(version));

        JsonNode first = engineer.post("/api/v1/approvals", body).json();
        TestApi.Answer second = engineer.post("/api/v1/approvals", body);

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.json()).isEqualTo(first);
    }

    private TestApi.Answer propose() {
        return story.as("engineer").post("/api/v1/approvals", Map.of("versionId", id(version)));
    }

    private String stateOf(JsonNode approval) {
        return story.as("auditor")
                .get("/api/v1/approvals/" + id(approval))
                .json()
                .path("state")
                .asString();
    }

    private static String code(TestApi.Answer answer) {
        return answer.json().path("code").asString();
    }
}
