package dev.paddock.local.demo;

import dev.paddock.local.client.RestApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Walks from an answer back to the rows behind it, and verifies the approval log on the way. */
public final class Provenance {
    private static final int LONGEST = 400;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final List<String> ROAD =
            List.of("answer", "deployment", "approval", "evaluation", "version", "job", "dataset-version");

    private final Demo demo;
    private final RestApi auditor;
    private final DemoScreen screen;

    public Provenance(Demo demo, RestApi auditor, DemoScreen screen) {
        this.demo = demo;
        this.auditor = auditor;
        this.screen = screen;
    }

    /** True when every step of the road is on record with that version, and the approval log is whole. */
    public boolean walk(String answerId, String versionId) {
        return demo.stage("lineage", () -> {
            JsonNode graph = demo.await(
                    "the lineage of " + answerId,
                    LIMIT,
                    () -> auditor.tryGet("/api/v1/lineage/answer/" + answerId + "?direction=up"),
                    this::complete);
            for (String kind : ROAD) {
                nodes(graph, kind)
                        .forEach(node -> screen.line(
                                "  " + kind + "  " + node.path("id").asString() + "  " + inWords(node.path("facts"))));
            }
            boolean known = nodes(graph, "version").stream()
                    .anyMatch(node -> node.path("id").asString().equals(versionId));
            int rows = rows(nodes(graph, "dataset-version").get(0).path("id").asString(), graph);
            boolean chain = auditor.post(
                            "/api/v1/approval-log/verify",
                            Map.of(),
                            UUID.randomUUID().toString())
                    .path("valid")
                    .asBoolean();
            screen.line("  " + rows + " rows behind the answer; approval log " + (chain ? "whole" : "BROKEN"));
            demo.report()
                    .part("lineage")
                    .put("verified", chain)
                    .put("version", known ? versionId : "")
                    .put("rows", rows);
            return chain && known && rows > 0;
        });
    }

    private static String inWords(JsonNode facts) {
        return facts.path("name").asString(facts.path("digest").asString(""));
    }

    private boolean complete(JsonNode graph) {
        return ROAD.stream().noneMatch(kind -> nodes(graph, kind).isEmpty());
    }

    private int rows(String version, JsonNode graph) {
        int rows = 0;
        String cursor = "";
        do {
            JsonNode page = auditor.get("/api/v1/dataset-versions/" + version + "/rows?split=train&limit=200"
                    + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            if (rows == 0 && page.path("items").has(0)) {
                show(page.path("items").path(0).path("id").asString(), graph);
            }
            rows += page.path("items").size();
            cursor = page.path("next").asString("");
        } while (!cursor.isEmpty());
        return rows;
    }

    /** One row's messages, with the document or upload that it came from. */
    private void show(String rowId, JsonNode graph) {
        JsonNode row = auditor.get("/api/v1/rows/" + rowId).path("row");
        JsonNode origin = row.path("origin");
        String kind = origin.path("document").isString() ? "document" : "upload";
        String source = origin.path(kind).asString("");
        String name = nodes(graph, kind).stream()
                .filter(node -> node.path("id").asString().equals(source))
                .map(node -> "  " + inWords(node.path("facts")))
                .findFirst()
                .orElse("");
        screen.line("  row  " + rowId);
        row.path("messages")
                .forEach(message -> screen.line("    " + message.path("role").asString() + ": "
                        + clipped(message.path("content").asString())));
        screen.line("    row " + origin.path("row").asInt() + " of " + kind + "  " + source + name);
    }

    private static String clipped(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    private static List<JsonNode> nodes(JsonNode graph, String kind) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode node : graph.path("nodes")) {
            if (node.path("kind").asString().equals(kind)) {
                found.add(node);
            }
        }
        return found;
    }
}
