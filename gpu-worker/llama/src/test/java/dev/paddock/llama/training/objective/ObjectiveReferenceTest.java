package dev.paddock.llama.training.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Losses and slopes as TRL computes them: figures made by {@code benchmarks/reference/preference_reference.py}. */
class ObjectiveReferenceTest {
    private static final double TOLERANCE = 1e-6;

    private static JsonNode figures() throws Exception {
        try (InputStream in = ObjectiveReferenceTest.class.getResourceAsStream("../preference/losses.json")) {
            return JsonMapper.shared().readTree(in);
        }
    }

    static Stream<JsonNode> tables() throws Exception {
        return figures().path("tables").valueStream();
    }

    private static Objective objective(String name) throws Exception {
        JsonNode settings = figures().path("settings");
        double beta = settings.path("beta").asDouble();
        double gamma = settings.path("gamma").asDouble();
        return switch (name) {
            case "dpo" -> new Dpo(beta, 0);
            case "dpo-smoothed" -> new Dpo(beta, 0.1);
            case "ipo" -> new Ipo(beta);
            case "simpo" -> new SimPo(beta, gamma, 0);
            case "simpo-smoothed" -> new SimPo(beta, gamma, 0.1);
            case "orpo" -> new Orpo(settings.path("lambda").asDouble());
            case "kto" ->
                new Kto(
                        beta,
                        settings.path("desirable").asDouble(),
                        settings.path("undesirable").asDouble());
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static List<ScoredComparison> rows(JsonNode table) {
        List<ScoredComparison> rows = new ArrayList<>();
        for (JsonNode row : table.path("rows")) {
            rows.add(new ScoredComparison(
                    score(row, 0), score(row, 3), row.path(6).asBoolean()));
        }
        return rows;
    }

    private static AnswerScore score(JsonNode row, int at) {
        return new AnswerScore(
                row.path(at).asDouble(),
                row.path(at + 1).asDouble(),
                row.path(at + 2).asInt());
    }

    @ParameterizedTest
    @MethodSource("tables")
    void lossAndSlopesAgree(JsonNode table) throws Exception {
        List<ScoredComparison> rows = rows(table);
        BatchLoss loss = objective(table.path("objective").asString()).loss(rows);
        assertThat(loss.sum() / rows.size()).isCloseTo(table.path("loss").asDouble(), within(TOLERANCE));
        for (int i = 0; i < rows.size(); i++) {
            Slope slope = loss.slopes().get(i);
            assertThat(slope.first() / rows.size())
                    .isCloseTo(table.path("first").path(i).asDouble(), within(TOLERANCE));
            assertThat(slope.second() / rows.size())
                    .isCloseTo(table.path("second").path(i).asDouble(), within(TOLERANCE));
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void reportedRewardsAgree(JsonNode table) throws Exception {
        Map<String, Double> rewards =
                Rewards.of(objective(table.path("objective").asString()), rows(table));
        assertThat(rewards.keySet()).isEqualTo(names(table.path("rewards")));
        rewards.forEach((name, value) -> assertThat(value)
                .as(name)
                .isCloseTo(
                        table.path("rewards").path(name.replaceFirst("_", "/")).asDouble(), within(TOLERANCE)));
    }

    /** TRL's names, in snake case. */
    private static Set<String> names(JsonNode rewards) {
        return rewards.propertyStream()
                .map(reward -> reward.getKey().replace('/', '_'))
                .collect(Collectors.toSet());
    }

    @Test
    void extremeLikelihoodsStayFinite() {
        AnswerScore certain = new AnswerScore(0, 0, 3);
        AnswerScore impossible = new AnswerScore(-5000, -1, 3);
        for (Objective objective : List.of(new Dpo(1, 0.1), new SimPo(2, 1, 0), new Orpo(1), new Kto(1, 1, 1))) {
            for (boolean first : new boolean[] {true, false}) {
                ScoredComparison row =
                        new ScoredComparison(first ? certain : impossible, first ? impossible : certain, true);
                BatchLoss loss = objective.loss(List.of(row));
                assertThat(loss.sum()).as(objective.toString()).isFinite();
                assertThat(loss.slopes().get(0).first())
                        .as(objective.toString())
                        .isFinite();
                assertThat(loss.slopes().get(0).second())
                        .as(objective.toString())
                        .isFinite();
            }
        }
    }

    @Test
    void settingsWithoutMeaningAreRefused() {
        assertThatThrownBy(() -> new Dpo(0, 0)).hasMessageContaining("beta must be more than 0");
        assertThatThrownBy(() -> new SimPo(2, 1, 0.5)).hasMessageContaining("labelSmoothing must be");
        assertThatThrownBy(() -> new Kto(1, -1, 1)).hasMessageContaining("desirableWeight");
    }
}
