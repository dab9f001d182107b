package dev.paddock.llama.training.estimate;

import dev.paddock.llama.torch.ScalarType;
import java.util.List;
import java.util.Map;

/**
 * What was measured of this machine.
 *
 * @param processBytes resident in a process that has computed with the training kernels and holds no model
 * @param rates seconds for a unit of each kind of work, for each compute type that was measured
 * @param threads of an operator while it was measured
 * @param machine processor, libtorch and engine that it is valid for
 */
public record Calibration(long processBytes, Map<ScalarType, Map<Work, Double>> rates, int threads, String machine) {
    /** Whether every kind of work was measured in a compute type. */
    boolean isComplete(ScalarType type) {
        return rates.getOrDefault(type, Map.of()).keySet().containsAll(List.of(Work.values()));
    }

    /**
     * Rates of a compute type.
     *
     * @throws IllegalArgumentException for one that was not measured
     */
    Map<Work, Double> of(ScalarType type) {
        Map<Work, Double> measured = rates.get(type);
        if (measured == null) {
            throw new IllegalArgumentException("the calibration has " + rates.keySet() + " and not " + type);
        }
        return measured;
    }
}
