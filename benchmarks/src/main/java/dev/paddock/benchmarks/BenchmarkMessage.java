package dev.paddock.benchmarks;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a benchmark's process says, one JSON object a line; one of the three is there. */
record BenchmarkMessage(
        @Nullable Step step,
        @Nullable Outcome outcome,
        @Nullable String error) {
    /** How far it is. */
    record Step(String what, int done, int total) {}

    /** Its end. */
    record Outcome(List<Figure> figures, Map<String, String> versions) {}

    static BenchmarkMessage of(Step step) {
        return new BenchmarkMessage(step, null, null);
    }

    static BenchmarkMessage of(Outcome outcome) {
        return new BenchmarkMessage(null, outcome, null);
    }

    static BenchmarkMessage error(String error) {
        return new BenchmarkMessage(null, null, error);
    }
}
