package dev.paddock.llama.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every rule against the papers' formulas and mergekit ({@code benchmarks/reference/mix_reference.py}), within 1e-6. */
class MergeReferenceTest {
    private static final double TOLERANCE = 1e-6;
    private static final double LAMBDA = 0.7;
    private static final JsonNode FIGURES = figures();
    private static final List<Double> WEIGHTS = doubles(FIGURES.path("weights"));
    private static final long SEED = FIGURES.path("seed").asLong();

    /** A case of the reference and the rule that must give it. */
    private record Case(String name, MergeRule rule, List<String> sources) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        cases.add(new Case("linear_mean", new LinearMerge(WEIGHTS, true), List.of("0", "1", "2")));
        cases.add(new Case("linear_sum", new LinearMerge(List.of(0.7, -0.2, 0.4), false), List.of("0", "1", "2")));
        cases.add(new Case("slerp", new SlerpMerge(List.of(3.0, 1.0)), List.of("0", "1")));
        cases.add(new Case("slerp_near", new SlerpMerge(List.of(3.0, 1.0)), List.of("0", "near")));
        cases.add(new Case("residual", new ResidualMerge(0.8), List.of("0", "1")));
        for (boolean mean : new boolean[] {true, false}) {
            String end = mean ? "_mean" : "_sum";
            for (double density : new double[] {0.2, 1.0}) {
                cases.add(task("ties_" + density + end, new LargestMagnitudes(density), true, mean));
            }
            cases.add(task("dare_ties" + end, new DropAndRescale(0.4, SEED), true, mean));
            cases.add(task("dare_linear" + end, new DropAndRescale(0.4, SEED), false, mean));
        }
        return cases.stream();
    }

    private static Case task(String name, Sparsity sparsity, boolean electSigns, boolean mean) {
        return new Case(name, new TaskVectorMerge(WEIGHTS, sparsity, electSigns, mean, LAMBDA), List.of("0", "1", "2"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theNumbersAreTheReferences(Case one) {
        List<float[]> sources = new ArrayList<>();
        for (String source : one.sources()) {
            JsonNode numbers = source.equals("near")
                    ? FIGURES.path("near")
                    : FIGURES.path("sources").path(Integer.parseInt(source));
            sources.add(floats(numbers));
        }
        float[] merged = one.rule().merge(FIGURES.path("tensor").asString(), floats(FIGURES.path("base")), sources);
        List<Double> expected = doubles(FIGURES.path("results").path(one.name()));
        assertThat(expected).hasSize(merged.length);
        for (int i = 0; i < merged.length; i++) {
            assertThat((double) merged[i]).as("number " + i).isCloseTo(expected.get(i), within(TOLERANCE));
        }
    }

    @Test
    void equalMagnitudesAreKeptUpToTheShareAndNoFurther() {
        float[] delta = {1, -1, 0.5f, 1, -1, 0, 2, 1};
        new LargestMagnitudes(0.5).thin("any", 0, delta);
        assertThat(delta).containsExactly(1, -1, 0, 1, 0, 0, 2, 0);
    }

    @Test
    void weightsThatCannotBeUsedAreRefused() {
        assertThatThrownBy(() -> new LinearMerge(List.of(1.0, -1.0), true)).hasMessageContaining("sum up to 0");
        assertThatThrownBy(() -> new SlerpMerge(List.of(1.0))).hasMessageContaining("between two sources");
        assertThatThrownBy(() -> new SlerpMerge(List.of(1.0, -0.5))).hasMessageContaining("0 or more");
        assertThatThrownBy(() -> new LargestMagnitudes(1.5)).hasMessageContaining("at most 1");
    }

    private static JsonNode figures() {
        try (InputStream in = Objects.requireNonNull(MergeReferenceTest.class.getResourceAsStream("figures.json"))) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Double> doubles(JsonNode numbers) {
        return numbers.valueStream().map(JsonNode::asDouble).toList();
    }

    static float[] floats(JsonNode numbers) {
        float[] values = new float[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) numbers.path(i).asDouble();
        }
        return values;
    }
}
