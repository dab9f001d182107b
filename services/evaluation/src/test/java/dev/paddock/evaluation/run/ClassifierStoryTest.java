package dev.paddock.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.event.EvaluationCompleted;
import dev.paddock.contracts.event.SuiteScore;
import dev.paddock.contracts.event.VersionRegistered;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Versions that give labels are judged by them, against their base asked in the chat. */
class ClassifierStoryTest extends EvaluationTest {
    private static String row(int number, String content, String rest) {
        return "{\"id\":\"row-%d\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}%s}"
                .formatted(number, content, rest);
    }

    private static double value(JsonNode evaluation, String model, String metric) {
        return evaluation
                .path("scores")
                .valueStream()
                .filter(score -> score.path("model").asString().equals(model)
                        && score.path("metric").asString().equals(metric))
                .findFirst()
                .orElseThrow()
                .path("value")
                .asDouble();
    }

    @Test
    void aBaseIsAskedForMoreLabelsThanAWorkerScoresAtOnce() throws IOException {
        List<String> labels = IntStream.range(0, 40).mapToObj(i -> "label " + i).toList();
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            String answer = "{\"role\":\"assistant\",\"content\":\"%s\"}]".formatted(labels.get(i));
            rows.add(row(i, "intent " + labels.get(i), "," + answer));
        }
        VersionRegistered version = classifier(
                "{\"kind\":\"sequence\",\"causal\":true,\"labels\":[\"" + String.join("\",\"", labels) + "\"]}", rows);
        register(version);

        JsonNode evaluation = completed(version.versionId());
        assertThat(value(evaluation, "base", "accuracy"))
                .as("one of the shortest labels")
                .isEqualTo(1 / 40.0);
    }

    @Test
    void labelsThatAreUnseenInTrainingCountAsWrongAndAreNamed() throws IOException {
        List<String> labels = List.of("lost card", "top up", "greeting");
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String label = i < 2 ? "refund" : labels.get(i % 3);
            String answer = "{\"role\":\"assistant\",\"content\":\"%s\"}]".formatted(label);
            rows.add(row(i, "intent " + label, "," + answer));
        }
        VersionRegistered version = classifier(
                "{\"kind\":\"sequence\",\"causal\":true,\"labels\":[\"lost card\",\"top up\",\"greeting\"]}", rows);
        register(version);

        JsonNode evaluation = completed(version.versionId());
        assertThat(evaluation.path("verdict").asString()).isEqualTo("PASS");
        assertThat(evaluation.path("gates")).as("suites of texts do not apply").hasSize(1);
        assertThat(gate(evaluation, "classification").path("detail").asString())
                .contains("2 of 30 items have labels unseen in training and count as wrong: [refund]");
        assertThat(value(evaluation, "candidate", "accuracy")).isEqualTo(28 / 30.0);
        assertThat(value(evaluation, "base", "accuracy"))
                .as("the shortest label")
                .isLessThan(0.5);
        assertThat(value(evaluation, "candidate", "macro_f1")).isBetween(0.7, 0.75);
        assertThat(evaluation.path("scores")).hasSize(4);
        assertThat(told(version.versionId())).singleElement().satisfies(e -> {
            assertThat(e.allSuites()).isTrue();
            assertThat(e.scores()).extracting(SuiteScore::metric).containsExactly("accuracy");
        });
    }

    @Test
    void aWholeModelThatGivesLabelsIsAskedForThemByItself() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String label = i % 2 == 0 ? "lost card" : "top up";
            rows.add(row(i, "intent " + label, ",{\"role\":\"assistant\",\"content\":\"%s\"}]".formatted(label)));
        }
        VersionRegistered adapter =
                classifier("{\"kind\":\"sequence\",\"causal\":true,\"labels\":[\"lost card\",\"top up\"]}", rows);
        VersionRegistered version = new VersionRegistered(
                adapter.versionId(),
                "MODEL",
                "whole",
                adapter.digest(),
                BASE,
                adapter.baseDigest(),
                adapter.jobId(),
                adapter.datasetVersionId(),
                adapter.datasetDigest());
        register(version);

        JsonNode evaluation = completed(version.versionId());
        assertThat(evaluation.path("verdict").asString()).isEqualTo("PASS");
        assertThat(value(evaluation, "candidate", "accuracy")).isEqualTo(1);
        assertThat(value(evaluation, "base", "accuracy"))
                .as("the shortest label, asked in the chat")
                .isEqualTo(0.5);
    }

    @Test
    void spansAreJudgedByTheirF1() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String spans = "{\"start\":10,\"end\":14,\"label\":\"time\"}";
            rows.add(row(i, "row %02d at noon in town".formatted(i), "],\"spans\":[" + spans + "]"));
        }
        rows.add(row(20, "in town", "],\"spans\":[{\"start\":3,\"end\":7,\"label\":\"place\"}]"));
        VersionRegistered version =
                classifier("{\"kind\":\"token\",\"causal\":false,\"labels\":[\"O\",\"B-time\",\"I-time\"]}", rows);
        register(version);

        JsonNode evaluation = completed(version.versionId());
        assertThat(evaluation.path("verdict").asString()).isEqualTo("PASS");
        assertThat(value(evaluation, "candidate", "micro_f1")).isEqualTo(40 / 41.0);
        assertThat(value(evaluation, "base", "micro_f1")).isZero();
        assertThat(gate(evaluation, "classification").path("detail").asString())
                .contains("1 of 21 items have labels unseen in training and count as wrong: [place]");
        assertThat(told(version.versionId()))
                .extracting(EvaluationCompleted::verdict)
                .containsExactly("PASS");
    }

    @Test
    void aLineOfABaseNamesALabelAndAPartOfTheMessage() {
        String lines = "time: noon\nplace: town\ntime: noon\nnothing here\nday: noon\ntime: dusk\n";
        assertThat(PromptedSpans.read(lines, "🙂 noon or noon in town", List.of("time", "place"))
                        .text())
                .isEqualTo(
                        "[{\"start\":2,\"end\":6,\"label\":\"time\"},{\"start\":18,\"end\":22,\"label\":\"place\"}]");
    }
}
