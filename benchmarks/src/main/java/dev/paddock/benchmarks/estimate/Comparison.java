package dev.paddock.benchmarks.estimate;

import dev.paddock.benchmarks.Figure;
import dev.paddock.benchmarks.Figure.Peer;
import dev.paddock.llama.training.estimate.Estimate;
import dev.paddock.llama.training.estimate.TimedRun;
import java.util.List;

/** A combination as it was estimated and as it was measured. */
record Comparison(Combination combination, Estimate estimate, TimedRun measured) {
    /** Seconds of a step, the first one aside; with a reference, of measuring it as well. */
    private double measuredSeconds() {
        List<Double> steps = measured.stepSeconds();
        double later = steps.stream()
                .skip(1)
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(steps.get(0));
        return combination.task() == Combination.Task.PAIRS
                ? measured.referenceSeconds() + steps.size() * later
                : later;
    }

    private double estimatedSeconds() {
        return combination.task() == Combination.Task.PAIRS ? estimate.seconds() : estimate.stepSeconds();
    }

    /** How far the estimate is from what was measured, as a share of it. */
    double timeError() {
        return estimatedSeconds() / measuredSeconds() - 1;
    }

    /** Likewise of peak memory. */
    double memoryError() {
        return estimate.peakMemoryBytes() / (double) measured.peakBytes() - 1;
    }

    /** Measured figures beside the estimated ones. */
    List<Figure> figures() {
        String name = "estimate-" + combination.name();
        return List.of(
                Figure.once(name + "-memory", (double) measured.peakBytes(), "bytes", new Peer("estimate", (double)
                        estimate.peakMemoryBytes())),
                Figure.once(name + "-time", measuredSeconds(), "s", new Peer("estimate", estimatedSeconds())));
    }
}
