package dev.paddock.local.demo;

import dev.paddock.local.client.RestApi;
import dev.paddock.local.client.RestApi.Answer;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** The engineer proposes and is refused as approver; another person approves. */
final class FourEyes {
    private final Demo demo;
    private final Function<String, RestApi> as;
    private final DemoScreen screen;

    FourEyes(Demo demo, Function<String, RestApi> as, DemoScreen screen) {
        this.demo = demo;
        this.as = as;
        this.screen = screen;
    }

    JsonNode approve(String versionId) {
        String id = as.apply("engineer")
                .post(
                        "/api/v1/approvals",
                        Map.of("versionId", versionId, "comment", "routes our tickets"),
                        demo.key("approval"))
                .path("id")
                .asString();
        boolean refused = tryOwn(id);
        JsonNode approved = as.apply("approver")
                .post("/api/v1/approvals/" + id + "/approve", Map.of("comment", "evidence read"), demo.key("approve"));
        screen.line("  approved by " + approved.path("decidedBy").asString() + ", bound to "
                + approved.path("artifactDigest").asString());
        demo.report()
                .part("approval")
                .put("proposer", approved.path("proposer").asString())
                .put("approver", approved.path("decidedBy").asString())
                .put("selfApprovalRefused", refused);
        return approved;
    }

    private boolean tryOwn(String id) {
        Answer own = as.apply("engineer")
                .tryPost(
                        "/api/v1/approvals/" + id + "/approve",
                        Map.of("comment", "my own work"),
                        demo.key("self-approval"));
        JsonNode problem = own.json();
        screen.line("  the engineer's own approval is answered with " + own.status() + " "
                + problem.path("code").asString("") + ": "
                + problem.path("detail").asString(""));
        return own.status() == 403;
    }
}
