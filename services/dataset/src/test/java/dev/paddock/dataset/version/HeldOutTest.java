package dev.paddock.dataset.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.dataset.row.Example;
import dev.paddock.dataset.row.Message;
import dev.paddock.dataset.row.Origin;
import dev.paddock.dataset.row.Row;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldOutTest {
    private static final String LONG = "a long answer that no two unrelated rows would have in common by chance ";

    @Test
    void rowsThatShareAPromptOrALongAnswerStayTogether() {
        List<Row> rows = new ArrayList<>();
        for (int number = 0; number < 300; number++) {
            rows.add(row("Question " + number % 100, "answer " + number));
            rows.add(row(" question  " + number % 100 + " ", "another " + number));
            rows.add(row("Different " + number, LONG + number % 50));
        }
        BitSet test = choose(rows, 0.2, 3);
        assertThat(test.cardinality()).isBetween(170, 180);
        assertThat(common(rows, test, row -> row.example().normalisedPrompt())).isEmpty();
        assertThat(common(rows, test, row -> row.example().normalisedAnswer()))
                .noneMatch(answer -> answer.length() > 64);
    }

    @Test
    void rowsOfOneSectionStayTogetherWhateverTheyAsk() {
        List<Row> rows = new ArrayList<>();
        for (int section = 1; section <= 50; section++) {
            for (String question : List.of("What is ", "Who knows ", "Where stands ")) {
                Example example = example(question + section, "Hall " + section);
                rows.add(Row.of(example, Origin.document(new UUID(1, 1), section)));
            }
        }
        BitSet test = choose(rows, 0.2, 3);
        assertThat(test.cardinality()).isEqualTo(30);
        assertThat(common(rows, test, row -> row.example().normalisedAnswer())).isEmpty();
    }

    @Test
    void charactersThatOnlyLookDifferentDoNotCount() {
        String plain = example("Wo liegt Köln? 5 fi", "x").normalisedPrompt();
        assertThat(example("Wo\u00a0liegt\u2003Ko\u0308ln?\u3000５ ﬁ\u2028", "x").normalisedPrompt())
                .isEqualTo(plain);
    }

    @Test
    void theSplitDependsOnContentsAndSeedAlone() {
        List<Row> rows = new ArrayList<>(IntStream.range(0, 500)
                .mapToObj(number -> row("Question " + number, "label"))
                .toList());
        Set<String> chosen = ids(rows, choose(rows, 0.1, 1));
        assertThat(chosen).hasSize(50);
        Collections.shuffle(rows, new Random(5));
        assertThat(ids(rows, choose(rows, 0.1, 1))).isEqualTo(chosen);
        assertThat(ids(rows, choose(rows, 0.1, 2))).isNotEqualTo(chosen);
    }

    @Test
    void nothingIsHeldOutWithoutAShareAndSomethingWithOne() {
        List<Row> rows = List.of(row("a", "1"), row("b", "2"), row("c", "3"));
        assertThat(choose(rows, 0, 1).cardinality()).isZero();
        assertThat(choose(rows, 0.01, 1).cardinality()).isEqualTo(1);
    }

    private static BitSet choose(List<Row> rows, double share, long seed) {
        RowGroups groups = new RowGroups();
        rows.forEach(groups::add);
        return HeldOut.choose(groups, share, seed);
    }

    private static Set<String> ids(List<Row> rows, BitSet test) {
        return test.stream().mapToObj(index -> rows.get(index).id()).collect(Collectors.toSet());
    }

    private static Set<String> common(List<Row> rows, BitSet test, java.util.function.Function<Row, String> property) {
        Set<String> held = test.stream().mapToObj(rows::get).map(property).collect(Collectors.toSet());
        return IntStream.range(0, rows.size())
                .filter(index -> !test.get(index))
                .mapToObj(rows::get)
                .map(property)
                .filter(held::contains)
                .collect(Collectors.toSet());
    }

    private static Row row(String prompt, String answer) {
        return Row.of(example(prompt, answer), Origin.upload(new UUID(0, 0), 1));
    }

    private static Example example(String prompt, String answer) {
        return new Example(List.of(new Message("user", prompt), new Message("assistant", answer)), null);
    }
}
