package dev.paddock.trainingjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.TestApi;
import dev.paddock.testkit.TestApi.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a sweep may be. */
class SweepOrderStoryTest extends SweepTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "grid   | {'learningrate':{'values':[1]}}   | search.space.learningrate | did you mean learningRate?",
                "grid   | {'r':{'values':[8,0]}}            | search.space.r  | must have a minimum value of 1",
                "grid   | {'r':{'values':['eight']}}        | search.space.r  | string found, integer expected",
                "grid   | {'r':{'values':[]}}               | search.space.r.values | must be 1 to 100",
                "grid   | {'r':{'values':[null]}}           | search.space.r.values | must not hold null",
                "grid   | {'r':{'values':[1],'min':1}}      | search.space.r  | must be",
                "grid   | {'r':{'min':1,'max':8}}           | search.space.r.points | a grid takes 2 to 100 points",
                "grid   | {'r':{'min':1,'max':300,'points':20},'learningRate':{'min':0.1,'max':0.9,'points':9}} | search.space | take fewer values",
                "grid   | {}                                | search.space    | must name a parameter",
                "grid   | {'r':null}                        | search.space.r  | must be",
                "gird   | {'r':{'values':[1]}}              | search.strategy | did you mean grid?",
                "random | {'r':{'min':8,'max':4}}           | search.space.r  | min must be below max",
                "random | {'r':{'min':1.2,'max':1.8}}       | search.space.r  | must hold a whole number",
                "random | {'learningRate':{'min':0,'max':1,'scale':'log'}} | search.space.learningRate.min | above 0 on a log",
                "random | {'learningRate':{'min':0,'max':1,'scale':'lin'}} | search.space.learningRate.scale | linear or log",
                "random | {'learningRate':{'min':0.1}}      | search.space.learningRate | must be",
                "random | {'r':{'values':[1,2]}}            | search.trials   | different combinations",
                "random | {'r':{'min':1,'max':8,'points':3}} | search.space.r.points | is for a grid",
            })
    void aBadSearchIsRefusedWithTheValueTheRuleAndTheWayOut(String strategy, String space, String at, String rule) {
        world.announce("searching");
        String json = space.replace('\'', '"');
        Map<String, Object> search = strategy.equals("random")
                ? Map.of(
                        "strategy",
                        strategy,
                        "trials",
                        4,
                        "space",
                        JsonMapper.shared().readTree(json))
                : Map.of("strategy", strategy, "space", JsonMapper.shared().readTree(json));
        refused(request("searching", search, Map.of()), at, rule);
        assertThat(worker("worker", "searching").tryClaim()).isNull();
    }

    @Test
    void everythingElseIsCheckedAsInAnOrderOfOneJob() {
        world.announce("checked");
        Map<String, Object> request = request("checked", halving(2), Map.of());
        order(request).put("params", Map.of("rr", 1));
        refused(request, "order.params.rr", "unknown parameter");
        order(request).put("params", Map.of("learningRate", 0.1));
        refused(request, "search.space.learningRate", "is fixed in order.params");
        order(request).remove("params");
        order(request).put("datasetVersionId", UUID.randomUUID().toString());
        refused(request, "order.datasetVersionId", "must be a dataset version");
        order(request).put("method", "cheked");
        refused(request, "order.method", "did you mean checked?");
        refused(Map.of("search", halving(2)), "order", "is required");
        refused(request("checked", halving(1), Map.of()), "search.trials", "must be from 2 to 100");
        refused(request("checked", halving(101), Map.of()), "search.trials", "must be from 2 to 100");
        refused(request("checked", halving(2), Map.of("share", 0.9)), "earlyStop.share", "at most 0.5");
        assertThat(api.as("approver").post(SWEEPS, request).status()).isEqualTo(403);
    }

    @Test
    void aTrialThatCannotFitIsNamedBeforeAnyOfThemWaits() {
        world.announce("outgrown");
        Map<String, Object> request = request("outgrown", ranks(8, 512), Map.of());
        for (Map<String, Object> asked : List.of(request, dry(request))) {
            Answer refused = engineer().post(SWEEPS, asked);
            assertThat(refused.status()).as(refused.text()).isEqualTo(422);
            assertThat(refused.json().path("code").asString()).isEqualTo("does-not-fit");
            assertThat(refused.json().path("detail").asString())
                    .contains("trial 2, {\"r\":512}", "3.0 GiB", "It fits with batchSize 2");
        }
        assertThat(worker("worker", "outgrown").tryClaim()).isNull();
        assertThat(engineer()
                        .post(SWEEPS, request("outgrown", ranks(511, 512), Map.of()))
                        .status())
                .as("the worker is silent")
                .isEqualTo(201);
    }

    private static Map<String, Object> ranks(int... values) {
        return Map.of("strategy", "grid", "space", Map.of("r", Map.of("values", values)));
    }

    private void refused(Map<String, Object> request, String field, String rule) {
        Answer answer = engineer().post(SWEEPS, request);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        JsonNode errors = answer.json().path("errors");
        assertThat(errors.findValuesAsString("field")).as(answer.text()).containsOnlyOnce(field);
        assertThat(answer.json().path("detail").asString()).contains(rule);
    }

    @Test
    void aDryRunListsTheSameTrialsThatRunAndStoresNothing() {
        world.announce("planned");
        Map<String, Object> request = request("planned", halving(9), Map.of());
        Answer plan = engineer().post(SWEEPS, dry(request));
        assertThat(plan.status()).as(plan.text()).isEqualTo(200);
        assertThat(plan.json().path("trials")).hasSize(9);
        assertThat(plan.json().path("gates").findValuesAsString("rule"))
                .containsExactly("early-stop", "rung", "rung", "rung");
        assertThat(plan.json().path("gates").findValues("kept").toString()).isEqualTo("[4, 2, 1]");
        JsonNode order = plan.json().path("trials").get(0).path("order");
        assertThat(order.path("parameters").path("r").asInt()).isEqualTo(8);
        assertThat(order.path("parameters").path("learningRate").asDouble()).isBetween(0.00001, 0.001);
        assertThat(worker("worker", "planned").tryClaim()).isNull();

        TestApi.As keyed =
                engineer().header("Idempotency-Key", UUID.randomUUID().toString());
        Answer placed = keyed.post(SWEEPS, request);
        assertThat(keyed.post(SWEEPS, request).json()).isEqualTo(placed.json());
        assertThat(placed.json().path("trials").findValues("choice"))
                .isEqualTo(plan.json().path("trials").findValues("choice"));
        assertThat(List.of(placed.header("ETag")))
                .isEqualTo(List.of(engineer()
                        .get(SWEEPS + "/" + placed.json().path("id").asString())
                        .header("ETag")));
        worker("worker", "planned").claim();
    }
}
