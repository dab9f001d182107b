package dev.paddock.llama.training.estimate;

import java.util.EnumMap;
import java.util.Map;

/** How much of each kind of work there is. */
public record Amounts(Map<Work, Double> counts) {
    public Amounts {
        counts = Map.copyOf(counts);
    }

    /** Nothing to do. */
    static Amounts none() {
        return new Amounts(Map.of());
    }

    double of(Work work) {
        return counts.getOrDefault(work, 0.0);
    }

    /** These and others. */
    Amounts plus(Amounts others) {
        Map<Work, Double> sum = new EnumMap<>(Work.class);
        sum.putAll(counts);
        others.counts.forEach((work, count) -> sum.merge(work, count, Double::sum));
        return new Amounts(sum);
    }

    Amounts times(double factor) {
        Map<Work, Double> scaled = new EnumMap<>(Work.class);
        counts.forEach((work, count) -> scaled.put(work, count * factor));
        return new Amounts(scaled);
    }

    /** Seconds at the given seconds for a unit of each. */
    double seconds(Map<Work, Double> rates) {
        return counts.entrySet().stream()
                .mapToDouble(entry -> entry.getValue() * rates.getOrDefault(entry.getKey(), 0.0))
                .sum();
    }
}
