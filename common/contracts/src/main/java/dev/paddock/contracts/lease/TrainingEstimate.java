package dev.paddock.contracts.lease;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an order would take, as a worker estimates it.
 *
 * @param workerId the worker
 * @param peakMemoryBytes most memory resident, the sum of the parts
 * @param memory bytes of each part, by its name
 * @param memoryLimitBytes what that worker may use; 0 where its system does not tell
 * @param fits whether the peak is within that
 * @param change the smallest change with which it would fit; null where it fits, or where none is enough
 * @param trainedParameters numbers that are trained
 * @param steps optimizer steps
 * @param tokens tokens of the rows
 * @param seconds of the whole run
 * @param assumptions what it takes for granted
 * @param gpus what it would take on GPU types that are not here
 */
public record TrainingEstimate(
        String workerId,
        long peakMemoryBytes,
        Map<String, Long> memory,
        long memoryLimitBytes,
        boolean fits,
        @Nullable String change,
        long trainedParameters,
        int steps,
        long tokens,
        double seconds,
        List<String> assumptions,
        List<OnGpu> gpus) {
    /** Memory and time on one card of a type, from cited figures. */
    public record OnGpu(
            String name,
            long memoryBytes,
            long peakMemoryBytes,
            boolean fits,
            double seconds,
            boolean measured,
            String source) {}
}
