package dev.paddock.local.demo;

import dev.paddock.local.demo.Demo.DemoPlan;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads an evaluation's scores into the report. */
final class Scores {
    private Scores() {}

    static void report(JsonNode evaluation, DemoPlan plan, DemoReport report, DemoScreen screen) {
        JsonNode before = score(evaluation, "held-out", "base");
        JsonNode after = score(evaluation, "held-out", "candidate");
        fill(report.part("base").put("model", plan.baseName()).put("digest", plan.baseDigest()), before);
        fill(
                report.part("adapted")
                        .put("model", Demo.MODEL)
                        .put("digest", evaluation.path("artifactDigest").asString())
                        .put("version", evaluation.path("versionId").asString()),
                after);
        JsonNode generalBefore = score(evaluation, "general", "base");
        JsonNode generalAfter = score(evaluation, "general", "candidate");
        report.part("general")
                .put("base", generalBefore.path("value").asDouble())
                .put("adapted", generalAfter.path("value").asDouble())
                .put("verdict", gate(evaluation, "general"));
        report.gate(evaluation.path("verdict").asString());
        screen.line(line("held-out tickets", before, after));
        screen.line(line("general knowledge", generalBefore, generalAfter));
        for (JsonNode gate : evaluation.path("gates")) {
            screen.line("  gate " + gate.path("name").asString() + ": "
                    + gate.path("verdict").asString() + "  "
                    + gate.path("detail").asString(""));
        }
    }

    private static String line(String what, JsonNode base, JsonNode candidate) {
        return String.format(
                Locale.ROOT,
                "  %-18s base %5.1f %%   adapted %5.1f %%  (95 %%: %.1f to %.1f, %d items)",
                what,
                100 * base.path("value").asDouble(),
                100 * candidate.path("value").asDouble(),
                100 * candidate.path("low").asDouble(),
                100 * candidate.path("high").asDouble(),
                candidate.path("items").asInt());
    }

    private static void fill(ObjectNode part, JsonNode score) {
        part.put("accuracy", score.path("value").asDouble())
                .put("low", score.path("low").asDouble())
                .put("high", score.path("high").asDouble());
    }

    private static JsonNode score(JsonNode evaluation, String suite, String model) {
        for (JsonNode score : evaluation.path("scores")) {
            if (score.path("suite").asString().equals(suite)
                    && score.path("model").asString().equals(model)) {
                return score;
            }
        }
        return tools.jackson.databind.node.MissingNode.getInstance();
    }

    private static String gate(JsonNode evaluation, String name) {
        for (JsonNode gate : evaluation.path("gates")) {
            if (gate.path("name").asString().equals(name)) {
                return gate.path("verdict").asString();
            }
        }
        return "";
    }
}
