package dev.paddock.trainingjob.sweep;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.paddock.trainingjob.order.Faults;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Turns the search of a request into one with its defaults and its choices, or refuses it with everything that is wrong. */
final class SearchRules {
    static final int MOST_TRIALS = 100;
    private static final long DEFAULT_SEED = 1;
    private static final int DEFAULT_ETA = 3;
    private static final int MOST_ETA = 10;

    private final SweepRequest.Search request;
    private final Predicate<String> whole;
    private final Faults faults;

    /** Rules of one request; {@code whole} says which parameters are whole numbers. */
    SearchRules(SweepRequest.Search request, Predicate<String> whole, Faults faults) {
        this.request = request;
        this.whole = whole;
        this.faults = faults;
    }

    /** A search and what each of its trials has of its own. */
    record Checked(Search search, List<ObjectNode> choices) {}

    Checked check() {
        Strategy strategy = strategy();
        boolean grid = strategy == Strategy.GRID;
        SortedMap<String, Range> space = space(grid);
        only(strategy == Strategy.SUCCESSIVE_HALVING, "eta", request.eta());
        only(strategy == Strategy.SUCCESSIVE_HALVING, "rungs", request.rungs());
        only(!grid, "trials", request.trials());
        only(!grid, "seed", request.seed());
        faults.raise();
        return grid ? grid(space) : draws(requireNonNull(strategy), space);
    }

    private @Nullable Strategy strategy() {
        String id = String.valueOf(request.strategy());
        Strategy strategy = Strategy.named(id).orElse(null);
        if (strategy == null) {
            faults.add("search.strategy", request.strategy(), Strategy.advice(id));
        }
        return strategy;
    }

    private SortedMap<String, Range> space(boolean grid) {
        Map<String, @Nullable Range> given = requireNonNullElse(request.space(), Map.of());
        SortedMap<String, Range> space = new TreeMap<>();
        given.forEach((name, range) -> {
            new RangeRules("search.space." + name, grid, faults).check(range, whole.test(name));
            if (range != null) {
                space.put(name, range);
            }
        });
        if (given.isEmpty()) {
            faults.add("search.space", null, "must name a parameter of the method and what it may be");
        }
        return space;
    }

    private void only(boolean allowed, String field, @Nullable Object given) {
        if (!allowed && given != null) {
            faults.add("search." + field, given, "is not for the strategy " + request.strategy() + ": leave it out");
        }
    }

    private Checked grid(SortedMap<String, Range> space) {
        List<ObjectNode> choices = Combinations.grid(space, whole, MOST_TRIALS);
        if (choices.size() > MOST_TRIALS) {
            faults.add(
                    "search.space",
                    "more than " + MOST_TRIALS + " combinations",
                    "take fewer values, or draw from them with the strategy random");
        }
        faults.raise();
        return new Checked(new Search(Strategy.GRID, space, choices.size(), null, null, null), choices);
    }

    private Checked draws(Strategy strategy, SortedMap<String, Range> space) {
        boolean halving = strategy == Strategy.SUCCESSIVE_HALVING;
        Integer eta = halving ? between("eta", requireNonNullElse(request.eta(), DEFAULT_ETA), 2, MOST_ETA) : null;
        int trials = between("trials", request.trials(), eta == null ? 1 : eta, MOST_TRIALS);
        faults.raise();
        Integer rungs = eta == null ? null : rungs(trials, eta);
        long seed = requireNonNullElse(request.seed(), DEFAULT_SEED);
        List<ObjectNode> choices = Combinations.draws(space, whole, trials, seed);
        if (choices.size() < trials) {
            String rule = "the space has about %d different combinations: take fewer trials, or a grid";
            faults.add("search.trials", trials, rule.formatted(choices.size()));
        }
        faults.raise();
        return new Checked(new Search(strategy, space, trials, seed, eta, rungs), choices);
    }

    private int rungs(int trials, int eta) {
        int most = 0;
        for (int left = trials; left >= eta; left /= eta) {
            most++;
        }
        return between("rungs", requireNonNullElse(request.rungs(), most), 1, most);
    }

    private int between(String field, @Nullable Integer value, int least, int most) {
        if (value == null || value < least || value > most) {
            faults.add("search." + field, value, "must be from %d to %d".formatted(least, most));
            return least;
        }
        return value;
    }
}
