package dev.paddock.trainingjob;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.TestApi.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Orders and reads sweeps. */
abstract class SweepTest extends TrainingJobTest {
    protected static final String SWEEPS = "/api/v1/sweeps";
    protected static final Map<String, Object> NO_EARLY_STOP = Map.of("enabled", false);

    protected Map<String, Object> request(String method, Map<String, Object> search, Map<String, Object> earlyStop) {
        return new HashMap<>(Map.of("order", order(method), "search", search, "earlyStop", earlyStop));
    }

    /** Draws of the learning rate, of which one half goes on at each rung. */
    protected static Map<String, Object> halving(int trials) {
        Map<String, Object> range = Map.of("min", 0.00001, "max", 0.001, "scale", "log");
        return Map.of(
                "strategy", "successive-halving", "space", Map.of("learningRate", range), "trials", trials, "eta", 2);
    }

    protected String place(String method, Map<String, Object> search, Map<String, Object> earlyStop) {
        Answer answer = engineer().post(SWEEPS, request(method, search, earlyStop));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    @SuppressWarnings("unchecked")
    protected static Map<String, Object> order(Map<String, Object> request) {
        return requireNonNull((Map<String, Object>) request.get("order"));
    }

    protected static Map<String, Object> dry(Map<String, Object> request) {
        Map<String, Object> dry = new HashMap<>(request);
        dry.put("dryRun", true);
        return dry;
    }

    protected JsonNode sweep(String id) {
        return engineer().get(SWEEPS + "/" + id).json();
    }

    protected JsonNode trials(String id) {
        return sweep(id).path("trials");
    }

    protected List<String> states(String id) {
        return trials(id).findValuesAsString("state");
    }
}
