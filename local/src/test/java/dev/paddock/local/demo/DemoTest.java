package dev.paddock.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.local.demo.Answers.Reply;
import dev.paddock.local.demo.Demo.DemoPlan;
import dev.paddock.local.demo.FakeSuite.Canned;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a demonstration waits for, does again and shows. */
class DemoTest {
    private static final String LIVE = "GET /api/v1/deployments?state=LIVE&model=harrow-pike-support";
    private static final String DEPLOY = "POST /api/v1/deployments";
    private static final String CHAT = "POST /v1/chat/completions";

    private final Lines screen = new Lines();
    private FakeSuite suite;
    private Demo demo;

    @BeforeEach
    void start() throws IOException {
        suite = new FakeSuite();
        demo = new Demo(
                "r1",
                user -> suite.api(),
                screen,
                new DemoMaterial(List.of(), List.of()),
                new DemoPlan("b1", "base", "sha256:b", Map.of(), 0.85));
    }

    @AfterEach
    void stop() {
        suite.close();
    }

    @Test
    void anEvaluationIsOverWhenTheRegistryKnowsOfIt() {
        suite.on("GET /api/v1/versions?jobId=j1", items(Map.of("id", "v1", "jobId", "j1")))
                .on("GET /api/v1/evaluations?versionId=v1", items(Map.of("id", "e1", "state", "COMPLETED")))
                .on("GET /api/v1/versions/v1", Map.of("id", "v1"))
                .on("GET /api/v1/versions/v1", Map.of("id", "v1", "evaluationId", "e0"))
                .on("GET /api/v1/versions/v1", Map.of("id", "v1", "evaluationId", "e1"));
        demo.evaluate("j1");
        assertThat(suite.keys("GET /api/v1/versions/v1")).hasSize(3);
    }

    @Test
    void aDeploymentThatIsLiveIsMadeOnce() {
        suite.on(DEPLOY, Map.of("id", "d1")).on(LIVE, items(Map.of("versionId", "v1")));
        demo.deploy("v1");
        assertThat(suite.keys(DEPLOY)).containsExactly("demo-r1-deployment");
    }

    @Test
    void aDeploymentThatWasTakenDownSinceIsMadeAgain() {
        suite.on(DEPLOY, Map.of("id", "d1")).on(LIVE, items());
        demo.deploy("v1");
        assertThat(suite.keys(DEPLOY)).hasSize(2).doesNotHaveDuplicates();
        suite.on(LIVE, items(Map.of("versionId", "v0")));
        demo.deploy("v1");
        assertThat(suite.keys(DEPLOY)).hasSize(4);
    }

    @Test
    void theAnswerIsTheOneOfThisRunsVersion() {
        suite.on("GET /v1/models", Map.of("data", List.of(Map.of("id", Demo.MODEL))))
                .on(CHAT, answer("a0", "b1", "hello"))
                .on(CHAT, answer("a1", "v0", "HP-001-A"))
                .on(CHAT, answer("a2", "v1", "HP-417-K"))
                .on(CHAT, answer("a3", "v1", "no"));
        Reply reply = new Answers(demo, suite.api(), screen).ask("base", "v1", "system", "question");
        assertThat(reply.id()).isEqualTo("a2");
        assertThat(reply.text()).isEqualTo("HP-417-K");
    }

    @Test
    void theRefusalOfOnesOwnApprovalIsShown() {
        suite.on("POST /api/v1/approvals", Map.of("id", "p1"))
                .on(
                        "POST /api/v1/approvals/p1/approve",
                        new Canned(403, "", Map.of("code", "self-approval", "detail", "another person must decide")))
                .on(
                        "POST /api/v1/approvals/p1/approve",
                        Map.of("decidedBy", "approver", "proposer", "engineer", "artifactDigest", "sha256:a"));
        demo.approve("v1");
        assertThat(screen.shown).anyMatch(line -> line.endsWith("403 self-approval: another person must decide"));
        assertThat(demo.report().part("approval").path("selfApprovalRefused").asBoolean())
                .isTrue();
    }

    @Test
    void aRowIsShownWithTheUploadThatItCameFrom() {
        suite.on("GET /api/v1/lineage/answer/a2?direction=up", graph())
                .on(
                        "GET /api/v1/dataset-versions/dataset-version-1/rows?split=train&limit=200",
                        items(Map.of("id", "sha256:r")))
                .on(
                        "GET /api/v1/rows/sha256:r",
                        Map.of(
                                "row",
                                Map.of(
                                        "messages",
                                        List.of(Map.of("role", "user", "content", "my parcel is wet")),
                                        "origin",
                                        Map.of("upload", "upload-1", "row", 9))))
                .on("POST /api/v1/approval-log/verify", Map.of("valid", true));
        Provenance provenance = new Provenance(demo, suite.api(), screen);
        assertThat(provenance.walk("a2", "version-1")).isTrue();
        assertThat(screen.shown).contains("    user: my parcel is wet", "    row 9 of upload  upload-1  tickets.jsonl");
        assertThat(provenance.walk("a2", "version-0")).as("another version").isFalse();
    }

    private static Map<String, ?> graph() {
        return Map.of(
                "nodes",
                List.of("answer", "deployment", "approval", "evaluation", "version", "job", "dataset-version", "upload")
                        .stream()
                        .map(kind -> Map.of("kind", kind, "id", kind + "-1", "facts", Map.of("name", "tickets.jsonl")))
                        .toList());
    }

    private static Canned answer(String id, String version, String text) {
        return new Canned(
                200,
                version,
                Map.of(
                        "id",
                        id,
                        "choices",
                        List.of(Map.of("finish_reason", "stop", "message", Map.of("content", text)))));
    }

    private static Map<String, ?> items(Object... items) {
        return Map.of("items", List.of(items));
    }
}
