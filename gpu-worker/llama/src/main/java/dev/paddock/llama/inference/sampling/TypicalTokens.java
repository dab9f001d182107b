package dev.paddock.llama.inference.sampling;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Locally typical sampling (Meister et al. 2022, arXiv:2202.00666): the tokens whose information is nearest to what is expected. */
final class TypicalTokens {
    private TypicalTokens() {}

    /**
     * The fewest tokens nearest to the entropy whose mass reaches {@code mass}, in their order.
     *
     * @param tokens a whole distribution, likeliest first
     * @param mass above 0, below 1
     */
    static List<TokenLogProbability> of(List<TokenLogProbability> tokens, double mass) {
        double entropy = tokens.stream()
                .mapToDouble(token -> -token.logProbability() * Math.exp(token.logProbability()))
                .sum();
        List<TokenLogProbability> nearest = tokens.stream()
                .sorted(Comparator.comparingDouble(token -> Math.abs(-token.logProbability() - entropy)))
                .toList();
        Set<Integer> kept = new HashSet<>();
        double reached = 0;
        for (int i = 0; i < nearest.size() && (i == 0 || reached < mass); i++) {
            reached += Math.exp(nearest.get(i).logProbability());
            kept.add(nearest.get(i).token());
        }
        return tokens.stream().filter(token -> kept.contains(token.token())).toList();
    }
}
