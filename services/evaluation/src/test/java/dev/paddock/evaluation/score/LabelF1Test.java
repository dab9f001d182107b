package dev.paddock.evaluation.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.evaluation.score.SpanSet.Span;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Figures of scikit-learn and seqeval, made by {@code benchmarks/reference/label_f1_reference.py}. */
class LabelF1Test {
    private static JsonNode cases(String name) throws Exception {
        try (var in = LabelF1Test.class.getResourceAsStream("label-f1.json")) {
            return new JsonMapper().readTree(in).path(name);
        }
    }

    private static int[] all(int items) {
        return IntStream.range(0, items).toArray();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    private static List<SpanSet> spans(JsonNode list) {
        return list.valueStream()
                .map(row -> new SpanSet(row.valueStream()
                        .map(span -> new Span(
                                span.path(0).asInt(),
                                span.path(1).asInt(),
                                span.path(2).asString()))
                        .toList()))
                .toList();
    }

    @Test
    void macroF1IsScikitLearns() throws Exception {
        for (JsonNode one : cases("labels")) {
            List<String> right = texts(one.path("right"));
            MacroF1 figure =
                    new MacroF1(right, texts(one.path("said")), Set.of("a", "b", "c", "d", "e", "f", "unused"));
            assertThat(figure.applyAsDouble(all(right.size())))
                    .isCloseTo(one.path("macro").asDouble(), within(1e-12));
        }
    }

    @Test
    void microF1IsSeqevals() throws Exception {
        for (JsonNode one : cases("spans")) {
            List<SpanSet> right = spans(one.path("right"));
            SpanF1 figure = new SpanF1(right, spans(one.path("said")));
            assertThat(figure.applyAsDouble(all(right.size())))
                    .isCloseTo(one.path("micro").asDouble(), within(1e-12));
        }
    }

    @Test
    void whatIsNoLabelIsAMissAlone() {
        MacroF1 figure = new MacroF1(List.of("a", "b"), List.of("a", "no idea"), Set.of("a", "b"));
        assertThat(figure.applyAsDouble(all(2))).isEqualTo(0.5);
    }

    /** The bootstrap of a proportion is near its exact interval, repeats itself and holds the figure. */
    @Test
    void theBootstrapAgreesWithWilsonsIntervalOnProportions() {
        Interval drawn = Bootstrap.of(
                200, sample -> IntStream.of(sample).filter(i -> i < 120).count() / 200.0);
        Interval exact = Interval.ofProportion(120, 200);
        assertThat(drawn.value()).isEqualTo(0.6);
        assertThat(drawn.low()).isCloseTo(exact.low(), within(0.015));
        assertThat(drawn.high()).isCloseTo(exact.high(), within(0.015));
        assertThat(Bootstrap.of(
                        200, sample -> IntStream.of(sample).filter(i -> i < 120).count() / 200.0))
                .isEqualTo(drawn);
        assertThatThrownBy(() -> Bootstrap.of(0, sample -> 0)).hasMessageContaining("no items");
    }
}
