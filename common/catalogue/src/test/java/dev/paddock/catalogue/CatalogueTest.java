package dev.paddock.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry believes no index. */
class CatalogueTest {
    @TempDir
    Path one;

    @TempDir
    Path two;

    @Test
    void anUnknownIdAnswersWithNearNames() throws Exception {
        Sources.compile(one, entry("Polite", "polite"), entry("Brisk", "brisk"));
        try (var loader = Sources.loader(one)) {
            Catalogue<?> greeters = Catalogue.load(Greeter.class, loader);
            assertThatExceptionOfType(UnknownEntryException.class)
                    .isThrownBy(() -> greeters.get("plite"))
                    .withMessage("'plite' is not a known greeter; did you mean polite?")
                    .satisfies(e -> assertThat(e.nearNames()).containsExactly("polite"));
            assertThatExceptionOfType(UnknownEntryException.class)
                    .isThrownBy(() -> greeters.get("quantum-teleport"))
                    .withMessageEndingWith("there are: brisk, polite");
        }
    }

    @Test
    void twoJarsMayNotShareAnId() throws Exception {
        Sources.compile(one, entry("Polite", "polite"));
        Sources.compile(two, entry("Other", "polite"));
        try (var loader = Sources.loader(one, two)) {
            assertThatExceptionOfType(CatalogueException.class)
                    .isThrownBy(() -> Catalogue.load(Greeter.class, loader))
                    .withMessage("greeter 'polite' is defined by both Polite and Other");
        }
    }

    @Test
    void aForeignIndexIsNotBelieved() throws Exception {
        Sources.index(one, "java.lang.String");
        Sources.index(two, "dev.paddock.Missing");
        try (var mistyped = Sources.loader(one);
                var missing = Sources.loader(two)) {
            assertThatExceptionOfType(CatalogueException.class)
                    .isThrownBy(() -> Catalogue.load(Greeter.class, mistyped))
                    .withMessageContaining("is listed as a");
            assertThatExceptionOfType(CatalogueException.class)
                    .isThrownBy(() -> Catalogue.load(Greeter.class, missing))
                    .withMessageContaining("dev.paddock.Missing");
        }
    }

    @Test
    void anExampleIsAnObjectWithNumbersAsTheyAreWritten() throws Exception {
        Sources.compile(one, Sources.singer("{'method':'solo','params':{'rate':0.00002}}"));
        Sources.compile(two, Sources.singer("solo"));
        try (var proper = Sources.loader(one);
                var wrong = Sources.loader(two)) {
            Catalogue<?> singers = Catalogue.load(Singer.class, proper);
            assertThat(singers.get("solo").example())
                    .hasToString("{\"method\":\"solo\",\"params\":{\"rate\":0.00002}}");
            assertThat(CataloguePage.of(singers)).contains("\"rate\":0.00002");
            assertThatExceptionOfType(CatalogueException.class)
                    .isThrownBy(() -> Catalogue.load(Singer.class, wrong))
                    .withMessageContaining("Cannot read the example of 'solo'");
        }
    }

    @Test
    void theCatalogueIsFrozen() throws Exception {
        Sources.compile(one, entry("Polite", "polite"));
        try (var loader = Sources.loader(one)) {
            Catalogue<?> greeters = Catalogue.load(Greeter.class, loader);
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> greeters.ids().remove("polite"));
            assertThat(greeters.ids()).containsExactly("polite");
        }
    }

    private static javax.tools.JavaFileObject entry(String name, String id) {
        return Sources.entry(name, id, "public final class %1$s implements Greeter<%1$s.Params>".formatted(name));
    }
}
