package dev.paddock.local.demo;

import dev.paddock.local.client.RestApi;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Deploys a run's version under the demonstration's model name, also where it was taken down again since. */
final class Rollout {
    private static final String PATH = "/api/v1/deployments";

    private final Demo demo;
    private final RestApi engineer;

    Rollout(Demo demo, RestApi engineer) {
        this.demo = demo;
        this.engineer = engineer;
    }

    /** Deploys once in this run; the replay of a deployment that is not live any more is followed by a new one. */
    JsonNode deploy(String versionId) {
        Map<String, String> order = Map.of("model", Demo.MODEL, "versionId", versionId);
        JsonNode deployment = engineer.post(PATH, order, demo.key("deployment"));
        return isLive(versionId) ? deployment : engineer.post(PATH, order, demo.key("deployment-" + UUID.randomUUID()));
    }

    private boolean isLive(String versionId) {
        return Demo.first(engineer.get(PATH + "?state=LIVE&model=" + Demo.MODEL))
                .path("versionId")
                .asString("")
                .equals(versionId);
    }
}
