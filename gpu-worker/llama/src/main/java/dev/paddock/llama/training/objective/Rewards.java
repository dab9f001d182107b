package dev.paddock.llama.training.objective;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a run over comparisons reports beside its loss, by the names of TRL with underscores: {@code rewards_chosen} and
 * {@code rewards_rejected}, the mean rewards of good and of bad answers; {@code rewards_margins}, the first less the second; and
 * {@code rewards_accuracies}, the share of pairs whose chosen answer has the greater reward, which judged answers have not. Every
 * comparison counts alike, whatever its weight in the loss. Judged answers are chosen where they are good and rejected where they
 * are not; where one kind is missing, so are its mean and the margin.
 */
public final class Rewards {
    private static final String NAME = "rewards_";

    private Rewards() {}

    /** The means over comparisons, each by its name. */
    public static Map<String, Double> of(Objective objective, List<ScoredComparison> scored) {
        boolean pairs = objective.learnsFromSecond();
        double[] chosen = rewards(objective, scored, row -> pairs || row.desirable(), ScoredComparison::first);
        double[] rejected = pairs
                ? rewards(objective, scored, row -> true, ScoredComparison::second)
                : rewards(objective, scored, row -> !row.desirable(), ScoredComparison::first);
        OptionalDouble good = Arrays.stream(chosen).average();
        OptionalDouble bad = Arrays.stream(rejected).average();
        Map<String, Double> means = new LinkedHashMap<>();
        good.ifPresent(mean -> means.put(NAME + "chosen", mean));
        bad.ifPresent(mean -> means.put(NAME + "rejected", mean));
        if (good.isPresent() && bad.isPresent()) {
            means.put(NAME + "margins", good.getAsDouble() - bad.getAsDouble());
        }
        if (pairs && chosen.length > 0) {
            means.put(NAME + "accuracies", accuracy(chosen, rejected));
        }
        return means;
    }

    private static double[] rewards(
            Objective objective,
            List<ScoredComparison> scored,
            Predicate<ScoredComparison> which,
            Function<ScoredComparison, AnswerScore> answer) {
        return scored.stream()
                .filter(which)
                .mapToDouble(row -> objective.reward(answer.apply(row)))
                .toArray();
    }

    private static double accuracy(double[] chosen, double[] rejected) {
        int right = 0;
        for (int i = 0; i < chosen.length; i++) {
            right += chosen[i] > rejected[i] ? 1 : 0;
        }
        return right / (double) chosen.length;
    }
}
