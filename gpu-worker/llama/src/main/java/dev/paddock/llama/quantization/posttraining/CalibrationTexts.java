package dev.paddock.llama.quantization.posttraining;

import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.training.ChatExamples;
import dev.paddock.llama.training.DocumentExamples;
import dev.paddock.llama.training.TrainingExample;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sequences of one length, cut from a dataset's rows written one after the other.
 *
 * @param calibration what a method looks at
 * @param heldOut the rows' end, which no method sees
 */
public record CalibrationTexts(List<int[]> calibration, List<int[]> heldOut) {
    public CalibrationTexts {
        calibration = List.copyOf(calibration);
        heldOut = List.copyOf(heldOut);
    }

    /**
     * Reads rows with {@code text} or {@code messages}.
     *
     * @param length tokens of a sequence
     * @param most most sequences to calibrate with
     * @param measured most sequences held out; at most every second one is
     * @throws IllegalArgumentException for rows of fewer than two sequences, or of another kind
     */
    public static CalibrationTexts read(
            Path rows, Tokenizer tokenizer, Clock clock, int length, int most, int measured) {
        DocumentExamples documents = new DocumentExamples(tokenizer, new ChatExamples(tokenizer, clock));
        int[] tokens = documents.read(rows, Integer.MAX_VALUE).pieces().stream()
                .map(TrainingExample::tokens)
                .flatMapToInt(IntStream::of)
                .toArray();
        int count = tokens.length / length;
        if (count < 2) {
            throw new IllegalArgumentException("the rows have " + tokens.length + " tokens, which are " + count
                    + " sequences of " + length + "; needed are 2: lower sequenceLength or take more rows");
        }
        int held = Math.min(measured, count / 2);
        return new CalibrationTexts(
                cut(tokens, length, 0, Math.min(most, count - held)), cut(tokens, length, count - held, count));
    }

    private static List<int[]> cut(int[] tokens, int length, int first, int end) {
        return IntStream.range(first, end)
                .mapToObj(i -> Arrays.copyOfRange(tokens, i * length, (i + 1) * length))
                .toList();
    }
}
