package dev.paddock.llama.training.estimate;

import java.util.List;
import java.util.Map;

/**
 * What a run is going to take.
 *
 * @param peakMemoryBytes most memory resident, the sum of the parts
 * @param memory bytes of each part, by its name
 * @param trainedParameters numbers that are trained
 * @param steps optimizer steps
 * @param tokens tokens of the rows, without padding, of one pass
 * @param referenceSeconds what measuring a reference takes before the first step; 0 without one
 * @param stepSeconds mean of an optimizer step
 * @param seconds the whole run, without fetching the base and writing the result
 * @param measured whether the speeds behind it were measured here; else they are cited figures
 * @param assumptions what it takes for granted
 */
public record Estimate(
        long peakMemoryBytes,
        Map<String, Long> memory,
        long trainedParameters,
        int steps,
        long tokens,
        double referenceSeconds,
        double stepSeconds,
        double seconds,
        boolean measured,
        List<String> assumptions) {}
