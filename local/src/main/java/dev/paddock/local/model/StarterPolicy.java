package dev.paddock.local.model;

import dev.paddock.contracts.guard.DefaultTaxonomy;
import dev.paddock.contracts.guard.GuardCategory;
import dev.paddock.local.client.RestApi;
import dev.paddock.local.client.RestApi.Answer;
import dev.paddock.local.home.UserError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the default policy and the starter guard that judges under it on one taxonomy. */
public final class StarterPolicy {
    private static final String POLICIES = "/api/v1/policies";
    private static final String DEFAULT = "default";
    private static final int ATTEMPTS = 60;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final RestApi safety;

    /** @param safety the API as a safety officer calls it */
    public StarterPolicy(RestApi safety) {
        this.safety = safety;
    }

    /** Whether a guard of another name is on record. */
    public boolean hasOtherGuardThan(String name) {
        return StreamSupport.stream(guards().spliterator(), false)
                .anyMatch(guard -> !guard.path("name").asString().equals(name));
    }

    /**
     * Publishes the default policy's next version with a guard's taxonomy. A policy that a safety officer wrote, and one that fits, stay
     * as they are.
     */
    public void fit(String guardId, List<GuardCategory> taxonomy) {
        JsonNode policy = defaultPolicy();
        String judge = policy.path("guardVersionId").asString("");
        List<GuardCategory> categories =
                JsonMapper.shared().convertValue(policy.path("categories"), new TypeReference<>() {});
        boolean fits = categories.equals(taxonomy) && (judge.isEmpty() || judge.equals(guardId));
        boolean ours = judge.isEmpty() ? categories.equals(DefaultTaxonomy.CATEGORIES) : starterGuard(judge);
        if (!fits && ours) {
            publish(policy, guardId, taxonomy);
        }
    }

    private boolean starterGuard(String id) {
        return StreamSupport.stream(guards().spliterator(), false)
                .anyMatch(guard -> guard.path("id").asString().equals(id)
                        && guard.path("name").asString().startsWith(StarterGuard.NAME));
    }

    private void publish(JsonNode policy, String guardId, List<GuardCategory> taxonomy) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", DEFAULT);
        body.put("categories", taxonomy);
        body.put("threshold", policy.path("threshold").asDouble());
        if (!taxonomy.equals(DefaultTaxonomy.CATEGORIES)) {
            body.put("guardVersionId", guardId);
        }
        String key = "starter-policy-" + guardId + "-" + policy.path("version").asInt() + "-";
        Answer answer = safety.tryPost(POLICIES, body, key + 0);
        for (int attempt = 1; answer.status() == 503 && attempt < ATTEMPTS; attempt++) {
            pause();
            answer = safety.tryPost(POLICIES, body, key + attempt);
        }
        if (answer.status() != 201) {
            throw new UserError("the default policy could not take over the taxonomy of guard " + guardId + ": "
                    + answer.status() + " " + answer.body());
        }
    }

    private JsonNode defaultPolicy() {
        for (JsonNode policy : safety.get(POLICIES + "?limit=200").path("items")) {
            if (policy.path("name").asString().equals(DEFAULT)) {
                return policy;
            }
        }
        throw new UserError("safety-guard has no policy named " + DEFAULT);
    }

    private JsonNode guards() {
        return safety.get("/api/v1/versions?kind=GUARD&limit=200").path("items");
    }

    /** Until safety-guard has heard of the guard. */
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted", e);
        }
    }
}
