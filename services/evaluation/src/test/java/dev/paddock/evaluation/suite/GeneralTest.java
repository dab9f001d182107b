package dev.paddock.evaluation.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.kit.artifacts.FolderArtifactStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneralTest {
    private static final int FEWEST = 400;

    private final SuiteItems suite;
    private final List<Item> items;

    GeneralTest(@TempDir Path folder) {
        suite = new General()
                .items(new Suite.Subject("default", null, null), new FolderArtifactStore(folder), new General.Params());
        items = suite.items();
    }

    @Test
    void thereAreEnoughQuestionsAndNoneComesTwice() {
        assertThat(suite.protocol()).isEqualTo(Protocol.LOG_LIKELIHOOD);
        assertThat(items).hasSizeGreaterThanOrEqualTo(FEWEST);
        assertThat(items).extracting(Item::id).doesNotHaveDuplicates();
        assertThat(items).extracting(GeneralTest::question).doesNotHaveDuplicates();
    }

    @Test
    void everyQuestionHasFourChoicesOneOfThemRight() {
        assertThat(items).allSatisfy(item -> {
            assertThat(question(item)).isNotBlank().doesNotContain("{", "}");
            assertThat(item.choices()).hasSize(4).doesNotHaveDuplicates().contains(item.answer());
            assertThat(item.choices())
                    .allSatisfy(choice ->
                            assertThat(choice).isEqualTo(choice.strip()).isNotEmpty());
        });
    }

    @Test
    void theRightChoiceStandsInEveryPlaceEquallyOften() {
        Map<Integer, Long> places = items.stream()
                .collect(Collectors.groupingBy(item -> item.choices().indexOf(item.answer()), Collectors.counting()));
        assertThat(places).hasSize(4).allSatisfy((place, count) -> assertThat(100.0 * count / items.size())
                .isCloseTo(25, within(5.0)));
    }

    @Test
    void theLongestChoiceIsNoBetterGuessThanAnyOther() {
        long longest = items.stream()
                .filter(item -> item.choices().stream()
                        .allMatch(c -> c.equals(item.answer())
                                || c.length() < item.answer().length()))
                .count();
        assertThat(100.0 * longest / items.size()).isLessThan(35);
    }

    private static String question(Item item) {
        return String.valueOf(item.prompt().get(item.prompt().size() - 1).content());
    }
}
