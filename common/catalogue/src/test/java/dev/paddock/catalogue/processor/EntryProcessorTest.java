package dev.paddock.catalogue.processor;

import static dev.paddock.catalogue.Sources.compile;
import static dev.paddock.catalogue.Sources.entry;
import static dev.paddock.catalogue.Sources.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.Greeter;
import dev.paddock.catalogue.Sources;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the compiler accepts as a catalogue entry. */
class EntryProcessorTest {
    private static final String PROPER = "public final class Polite implements Greeter<Polite.Params>";

    @TempDir
    Path folder;

    @Test
    void aNewClassIsFoundWithoutEditingAnyFile() throws Exception {
        assertThat(compile(folder, entry("Polite", "polite", PROPER))).isEmpty();
        try (var loader = Sources.loader(folder)) {
            assertThat(Catalogue.load(Greeter.class, loader).ids()).contains("polite");
        }
    }

    @Test
    void anAbstractOrOpenClassIsRefused() {
        assertThat(compile(folder, entry("Polite", "polite", PROPER.replace("final", "abstract"))))
                .containsExactly("A catalogue entry must be a public final class");
        assertThat(compile(folder, entry("Polite", "polite", PROPER.replace("final", ""))))
                .containsExactly("A catalogue entry must be a public final class");
    }

    @Test
    void aMistypedClassIsRefused() {
        assertThat(compile(folder, entry("Polite", "polite", "public final class Polite implements Cloneable")))
                .singleElement()
                .asString()
                .contains("exactly one interface marked with @EntryKind");
    }

    @Test
    void parametersOfAnotherEntryAreRefused() {
        List<String> errors = compile(folder, entry("Polite", "polite", PROPER), file("Rude", """
                        import dev.paddock.catalogue.*;
                        @CatalogueEntry(id = "rude", family = "tests", summary = "Does not.", paper = "None")
                        public final class Rude implements Greeter<Polite.Params> {
                            public record Params() {}
                            public String greet(Polite.Params params) { return ""; }
                        }
                        """));
        assertThat(errors).singleElement().asString().contains("must be the entry's own Params");
    }

    @Test
    void missingParamsAreRefused() {
        assertThat(compile(folder, file("Rude", """
                        import dev.paddock.catalogue.*;
                        @CatalogueEntry(id = "rude", family = "tests", summary = "Does not.", paper = "None")
                        public final class Rude implements Greeter<Record> {
                            public String greet(Record params) { return ""; }
                        }
                        """)))
                .containsExactly("A catalogue entry must have a nested public record Params");
    }

    @Test
    void aHiddenConstructorIsRefused() {
        assertThat(compile(folder, file("Rude", """
                        import dev.paddock.catalogue.*;
                        @CatalogueEntry(id = "rude", family = "tests", summary = "Does not.", paper = "None")
                        public final class Rude implements Greeter<Rude.Params> {
                            Rude(int times) {}
                            public record Params() {}
                            public String greet(Params params) { return ""; }
                        }
                        """)))
                .containsExactly("A catalogue entry must have a public constructor without arguments");
    }

    @Test
    void aBadIdIsRefused() {
        assertThat(compile(folder, entry("Polite", "Very_Polite", PROPER)))
                .containsExactly("Catalogue id 'Very_Polite' must be lower-case words joined by hyphens");
    }

    @Test
    void anExampleIsDemandedWhereEntriesAreOrdered() {
        assertThat(compile(folder, Sources.singer(""))).containsExactly("The singer 'solo' must have an example order");
        assertThat(compile(folder, Sources.singer("{'method':'solo'}"))).isEmpty();
    }

    @Test
    void aDuplicateIdIsRefused() {
        assertThat(compile(
                        folder,
                        entry("Polite", "polite", PROPER),
                        entry("Polite2", "polite", PROPER.replace("Polite", "Polite2"))))
                .containsExactly("Catalogue id 'polite' is taken by Polite");
    }
}
