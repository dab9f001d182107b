package dev.paddock.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.contracts.event.EvaluationCompleted;
import dev.paddock.contracts.event.SuiteScore;
import dev.paddock.contracts.event.VersionRegistered;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From a registered version to its verdict. */
class VerdictStoryTest extends EvaluationTest {
    @Test
    void anAdapterThatLearnedItsTaskAndForgotNothingPasses() throws IOException {
        VersionRegistered version = version();
        register(version);
        register(version);

        JsonNode evaluation = completed(version.versionId());
        assertThat(evaluation.path("verdict").asString()).isEqualTo("PASS");
        assertThat(score(evaluation, "held-out", "base")).isZero();
        assertThat(score(evaluation, "held-out", "candidate")).isEqualTo(1);
        assertThat(score(evaluation, "general", "base")).isEqualTo(score(evaluation, "general", "candidate"));
        assertThat(evaluations(version.versionId()))
                .as("a repeated event starts nothing")
                .hasSize(1);
        assertThat(told(version.versionId())).singleElement().satisfies(e -> assertThat(e.artifactDigest())
                .isEqualTo(version.digest()));
        JsonNode pairs = api.as("approver")
                .get("/api/v1/evaluations/" + evaluation.path("id").asString() + "/items?limit=5")
                .json();
        assertThat(pairs.path("items")).hasSize(5);
        assertThat(pairs.path("next").asString()).isNotEmpty();
    }

    @Test
    void aWholeModelIsAskedByItselfAndComparedWithItsBase() throws IOException {
        VersionRegistered adapter = version();
        VersionRegistered version = new VersionRegistered(
                adapter.versionId(),
                "MODEL",
                "whole",
                FakeWorker.WHOLE + "0".repeat(62),
                BASE,
                adapter.baseDigest(),
                adapter.jobId(),
                adapter.datasetVersionId(),
                adapter.datasetDigest());
        register(version);

        JsonNode evaluation = completed(version.versionId());
        assertThat(evaluation.path("verdict").asString()).isEqualTo("PASS");
        assertThat(score(evaluation, "held-out", "base")).isZero();
        assertThat(score(evaluation, "held-out", "candidate")).isEqualTo(1);
        api.as("engineer")
                .post("/api/v1/evaluations", Map.of("versionId", version.versionId(), "suites", List.of("held-out")));
        JsonNode narrow = completed(version.versionId());
        JsonNode pair = api.as("approver")
                .get("/api/v1/evaluations/" + narrow.path("id").asString() + "/items?limit=1")
                .json()
                .path("items")
                .path(0);
        assertThat(pair.path("candidateRight").asBoolean()).isTrue();
        assertThat(pair.path("baseRight").asBoolean()).isFalse();
    }

    @Test
    void whoAsksFewerSuitesProvesNothing() throws IOException {
        VersionRegistered version = version();
        register(version);
        completed(version.versionId());
        api.as("engineer")
                .post(
                        "/api/v1/evaluations",
                        Map.of("versionId", version.versionId(), "suites", List.of("held-out", "held-out")));

        JsonNode narrow = completed(version.versionId());
        assertThat(narrow.path("scores")).hasSize(2);
        assertThat(gate(narrow, "held-out").path("verdict").asString()).isEqualTo("PASS");
        assertThat(gate(narrow, "general").path("verdict").asString()).isEqualTo("INCONCLUSIVE");
        assertThat(gate(narrow, "general").path("detail").asString()).contains("not asked");
        assertThat(narrow.path("verdict").asString()).isEqualTo("INCONCLUSIVE");
        await().untilAsserted(() -> assertThat(told(version.versionId()))
                .extracting(EvaluationCompleted::allSuites)
                .containsExactly(true, false));
    }

    @Test
    void aDatasetWithoutTestRowsProvesNothing() throws IOException {
        VersionRegistered version = version(List.of());
        register(version);

        JsonNode evaluation = completed(version.versionId());
        assertThat(gate(evaluation, "general").path("verdict").asString()).isEqualTo("PASS");
        assertThat(gate(evaluation, "held-out").path("verdict").asString()).isEqualTo("INCONCLUSIVE");
        assertThat(evaluation.path("verdict").asString()).isEqualTo("INCONCLUSIVE");
        assertThat(told(version.versionId())).singleElement().satisfies(e -> {
            assertThat(e.verdict()).isEqualTo("INCONCLUSIVE");
            assertThat(e.scores()).extracting(SuiteScore::suite).containsExactly("general");
        });
    }
}
