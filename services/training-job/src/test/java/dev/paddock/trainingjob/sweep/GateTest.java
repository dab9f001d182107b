package dev.paddock.trainingjob.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Which trials stop where, and which combinations are drawn. */
class GateTest {
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    @Test
    void aTrialIsStoppedEarlyOnlyWhereBothSignsAgreeOrItDiverges() {
        List<Reading> readings = List.of(
                reading(1, 2.0, 1.0),
                reading(2, 1.5, 2.1), // high norm, low loss
                reading(3, 2.5, 2.1), // high norm, high loss
                reading(4, 1.4, 1.9), // low loss alone
                reading(5, 3.1, 2.1), // above its first loss
                reading(6, 2.1, 1.0),
                reading(7, INFINITE, INFINITE));
        EarlyStop rule = new EarlyStop(true, 0.1, 1.5, 3);
        // medians over the six whole ones: norm (1.9 + 2.1) / 2 = 2, loss (2.0 + 2.1) / 2 = 2.05
        assertThat(rule.judge(readings)).isEmpty();
        EarlyStop strict = new EarlyStop(true, 0.1, 1, 3);
        assertThat(strict.judge(readings)).containsOnlyKeys(2, 5);
        assertThat(strict.judge(readings).toString()).contains("it diverges");
        assertThat(strict.judge(readings.subList(0, 2))).as("too few").isEmpty();
        assertThat(new EarlyStop(false, 0.1, 1, 3).judge(readings)).isEmpty();
    }

    @Test
    void aRungKeepsTheLowestLossesAndOfEqualOnesTheEarlierTrials() {
        List<Reading> readings =
                List.of(reading(4, 1, 1), reading(1, INFINITE, 1), reading(3, 1, 1), reading(2, 0.5, 1));
        assertThat(new Rung(0.5, 2).judge(readings)).containsOnlyKeys(1, 4);
        assertThat(new Rung(0.5, 5).judge(readings)).isEmpty();
    }

    @Test
    void aRungComparesByTheLossOnHeldOutRowsWhereAllHaveIt() {
        Rung rung = new Rung(0.5, 1);
        List<Reading> measured = List.of(heldOut(1, 1, 3.0), heldOut(2, 2, 2.5), heldOut(3, 3, INFINITE));
        assertThat(rung.metric(measured)).isEqualTo(LossMetric.VALIDATION_LOSS);
        assertThat(rung.judge(measured)).containsOnlyKeys(1, 3);
        assertThat(rung.judge(measured).toString()).contains("its validation loss 3.000 is number 2 of 3");
        List<Reading> mixed = List.of(heldOut(1, 1, 1.0), heldOut(2, 2, null));
        assertThat(rung.metric(mixed)).isEqualTo(LossMetric.LOSS);
        assertThat(rung.judge(mixed).toString()).contains("its loss 2.000 is number 2 of 2");
    }

    @Test
    void theLadderIsThatOfThePaper() {
        Search search = new Search(Strategy.SUCCESSIVE_HALVING, new TreeMap<>(), 27, 1L, 3, 3);
        List<Gate> ladder = search.ladder();
        assertThat(ladder).extracting(gate -> ((Rung) gate).kept()).containsExactly(9, 3, 1);
        double[] shares = {1 / 27.0, 1 / 9.0, 1 / 3.0};
        for (int rung = 0; rung < 3; rung++) {
            assertThat(ladder.get(rung).share()).isCloseTo(shares[rung], within(1e-12));
        }
        assertThat(ladder.get(0).step(1000)).isEqualTo(38);
        assertThat(ladder.get(0).step(2)).isEqualTo(1);
    }

    @Test
    void drawsAreTheSameForTheSameSeedAndEvenOnTheirScale() {
        TreeMap<String, Range> space = new TreeMap<>();
        space.put("r", new Range(null, 1.0, 4.0, null, null));
        space.put("rate", new Range(null, 1e-6, 1e-2, Range.LOG, null));
        List<ObjectNode> drawn = Combinations.draws(space, "r"::equals, 2000, 7);
        assertThat(Combinations.draws(space, "r"::equals, 2000, 7)).isEqualTo(drawn);
        assertThat(Combinations.draws(space, "r"::equals, 2000, 8)).isNotEqualTo(drawn);
        IntStream.rangeClosed(1, 4).forEach(r -> assertThat(
                        drawn.stream().filter(one -> one.path("r").asInt() == r).count())
                .isBetween(400L, 600L));
        assertThat(drawn.stream()
                        .filter(one -> one.path("rate").asDouble() < 1e-4)
                        .count())
                .as("below the middle of a log scale")
                .isBetween(900L, 1100L);
        assertThat(drawn)
                .allSatisfy(one -> assertThat(one.path("rate").asDouble()).isBetween(1e-6, 1e-2));
    }

    @Test
    void aGridTakesThePointsOfARangeWithBothBounds() {
        TreeMap<String, Range> space = new TreeMap<>();
        space.put("rate", new Range(null, 1e-5, 1e-3, Range.LOG, 3));
        assertThat(Combinations.grid(space, name -> false, 100).toString())
                .isEqualTo("[{\"rate\":1.0E-5}, {\"rate\":1.0E-4}, {\"rate\":0.001}]");
        space.put("rate", new Range(null, 1.0, 3.0, null, 5));
        assertThat(Combinations.grid(space, name -> true, 100)).hasSize(3);
    }

    private static Reading reading(int trial, double loss, double norm) {
        return new Reading(trial, 10, 100, loss, norm, 3, null);
    }

    private static Reading heldOut(int trial, double loss, @Nullable Double validationLoss) {
        return new Reading(trial, 10, 100, loss, 1, 3, validationLoss);
    }
}
