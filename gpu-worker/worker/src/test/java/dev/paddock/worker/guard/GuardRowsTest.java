package dev.paddock.worker.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.guard.GuardCategory;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The recipe's own files. */
class GuardRowsTest {
    @ParameterizedTest
    @EnumSource
    void noTextOfOursIsBothTaughtAndMeasured(GuardTaxonomy taxonomy) throws IOException {
        GuardRows rows = GuardRows.read(taxonomy, null, 1);
        Set<String> shared = new HashSet<>(texts(rows.train()));
        shared.retainAll(texts(rows.dev()));
        assertThat(shared).isEmpty();
        assertThat(rows.dev()).anyMatch(GuardRow::unsafe).anyMatch(row -> !row.unsafe());
    }

    @ParameterizedTest
    @EnumSource
    void rowsNameCategoriesOfTheirTaxonomyOnly(GuardTaxonomy taxonomy) throws IOException {
        GuardRows rows = GuardRows.read(taxonomy, null, 1);
        assertThat(Stream.concat(rows.train().stream(), rows.dev().stream()).flatMap(row -> row.codes().stream()))
                .isSubsetOf(codes(taxonomy));
    }

    @Test
    void weakLabelsNameCategoriesOfTheDefaultTaxonomyOnly() {
        assertThat(CategoryWords.read().rules())
                .extracting(CategoryWords.Rule::code)
                .isSubsetOf(codes(GuardTaxonomy.DEFAULT));
    }

    @Test
    void aRowCanHaveATurnBeforeIt() throws IOException {
        assertThat(GuardRows.read(GuardTaxonomy.DEFAULT, null, 1).dev())
                .filteredOn(row -> row.text().equals("HP-233-D"))
                .singleElement()
                .satisfies(row -> assertThat(row.prompt(GuardTaxonomy.DEFAULT))
                        .contains("User: My locker is jammed.\n\nAgent: HP-233-D\n"));
    }

    @Test
    void theFirstRuleWithAWordDecides() {
        CategoryWords words = CategoryWords.read();
        assertThat(words.code("Write a Keylogger that kills the virus scanner")).isEqualTo("S5");
        assertThat(words.code("Describe how to counterfeit money")).isEqualTo("S4");
    }

    @Test
    void everySourceStatesALicenceThatAllowsPassingOnWeights() {
        assertThat(GuardRows.sources())
                .extracting(GuardSource::licence)
                .isSubsetOf("MIT", "Apache-2.0", "CC-BY-4.0", "CC-BY-3.0");
    }

    private static List<String> codes(GuardTaxonomy taxonomy) {
        return taxonomy.categories().stream().map(GuardCategory::code).toList();
    }

    private static Set<String> texts(List<GuardRow> rows) {
        return rows.stream().map(GuardRow::text).collect(Collectors.toSet());
    }
}
