package dev.paddock.llama.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.classification.MessageTokens.Place;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanTagsTest {
    private static final LabelScheme SCHEME = LabelScheme.ofSpans(false, List.of("time", "date"));
    private static final SpanTags TAGS = new SpanTags(SCHEME);
    /** "to 7pm on May 1": to, 7, pm, on, May, 1. */
    private static final List<Place> PLACES = List.of(
            new Place(3, 0, 2),
            new Place(4, 3, 4),
            new Place(5, 4, 6),
            new Place(6, 7, 9),
            new Place(7, 10, 13),
            new Place(8, 14, 15));

    private static List<LabelledSpan> decode(String... tags) {
        int[] chosen = Arrays.stream(tags).mapToInt(SCHEME::index).toArray();
        double[] probabilities = new double[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            probabilities[i] = 0.5 + i / 10.0;
        }
        return TAGS.decode(PLACES, chosen, probabilities);
    }

    @Test
    void spansComeBackAsTheyWere() {
        List<LabelledSpan> spans = List.of(LabelledSpan.of(3, 6, "time"), LabelledSpan.of(10, 15, "date"));
        int[] tags = TAGS.encode(PLACES, spans);
        assertThat(Arrays.stream(tags).mapToObj(SCHEME.labels()::get))
                .containsExactly("O", "B-time", "I-time", "O", "B-date", "I-date");
        assertThat(TAGS.decode(PLACES, tags, new double[] {1, 1, 1, 1, 1, 1})).isEqualTo(spans);
    }

    @Test
    void neighboursOfOneTypeAreTwoSpansAndStrayInsidesBeginOne() {
        assertThat(decode("B-time", "B-time", "I-date", "O", "I-time", "I-time"))
                .extracting(LabelledSpan::label, LabelledSpan::start, LabelledSpan::end)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("time", 0, 2),
                        org.assertj.core.groups.Tuple.tuple("time", 3, 4),
                        org.assertj.core.groups.Tuple.tuple("date", 4, 6),
                        org.assertj.core.groups.Tuple.tuple("time", 10, 15));
        assertThat(decode("O", "B-time", "I-time", "O", "O", "O").get(0).score())
                .isEqualTo((0.6 + 0.7) / 2);
    }

    @Test
    void whatTrainingCannotTagIsRefused() {
        assertThatThrownBy(() -> TAGS.encode(PLACES, List.of(LabelledSpan.of(0, 2, "place"))))
                .hasMessage("label \"place\" is unseen in training; the classifier knows [time, date]");
        assertThatThrownBy(() -> TAGS.encode(PLACES, List.of(LabelledSpan.of(2, 3, "time"))))
                .hasMessageContaining("span 2 to 3 of \"time\" has no token");
    }

    @Test
    void labelsThatAreNoSchemeAreRefused() {
        refused(List.of("B-x", "I-x"), "begin with O");
        refused(List.of("O", "B-x"), "\"B-x\"");
        refused(List.of("O", "x"), "\"x\"");
        refused(List.of("O", "B-", "I-"), "\"B-\"");
        assertThatThrownBy(() -> new LabelScheme(LabelKind.SEQUENCE, true, List.of("a", "a")))
                .hasMessageContaining("\"a\" twice");
        assertThatThrownBy(() -> new LabelScheme(LabelKind.SEQUENCE, true, List.of()))
                .hasMessageContaining("empty");
    }

    private static void refused(List<String> labels, String message) {
        assertThatThrownBy(() -> new LabelScheme(LabelKind.TOKEN, false, labels))
                .hasMessageContaining(message);
    }
}
