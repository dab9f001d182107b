package dev.paddock.llama.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows by the phase in which they are learnt: a phase has the rows of one source. */
final class Phases {
    private Phases() {}

    /**
     * Numbers of the rows of each phase, phase after phase; one phase of all rows where none is named. A phase without rows is
     * left out, and rows of other sources come last, since the rows may be a sample of a run's.
     */
    static List<List<Integer>> of(List<List<TrainingExample>> rows, List<String> phases) {
        if (phases.isEmpty()) {
            return List.of(IntStream.range(0, rows.size()).boxed().toList());
        }
        Map<String, List<Integer>> left = bySource(rows);
        List<List<Integer>> named =
                phases.stream().map(left::remove).filter(Objects::nonNull).toList();
        List<Integer> rest = left.values().stream().flatMap(List::stream).toList();
        return Stream.concat(named.stream(), Stream.of(rest))
                .filter(phase -> !phase.isEmpty())
                .toList();
    }

    /**
     * Refuses phases that are not the rows' sources.
     *
     * @throws IllegalArgumentException when a phase has no rows or is named twice, or rows are in no phase
     */
    static void check(List<List<TrainingExample>> rows, List<String> phases) {
        List<String> sources = List.copyOf(bySource(rows).keySet());
        if (!phases.isEmpty() && !phases.stream().sorted().toList().equals(sources)) {
            throw new IllegalArgumentException(
                    "phases are " + phases + " and the rows to learn have the sources " + sources
                            + ": name every source once and no other (rows without source have source " + RowMark.DOMAIN
                            + "), or leave phases out, and all rows are shuffled together");
        }
    }

    private static Map<String, List<Integer>> bySource(List<List<TrainingExample>> rows) {
        Map<String, List<Integer>> numbers = new TreeMap<>();
        for (int row = 0; row < rows.size(); row++) {
            numbers.computeIfAbsent(rows.get(row).get(0).source(), source -> new ArrayList<>())
                    .add(row);
        }
        return numbers;
    }
}
