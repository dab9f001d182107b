package dev.paddock.methods.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.CataloguePage;
import dev.paddock.methods.adapter.TrainingAdapter;
import dev.paddock.methods.objective.TrainingObjective;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/catalogue/training-methods.md} says what the classes say; {@code -Dpaddock.docs.write=true} renews it. */
class TrainingMethodsPageTest {
    private static final Path PAGE = Path.of("../../docs/catalogue/training-methods.md");

    @Test
    void thePageIsFresh() throws Exception {
        String page = String.join(
                "\n",
                CataloguePage.of(Catalogue.load(TrainingMethod.class, released())),
                CataloguePage.of(Catalogue.load(TrainingAdapter.class, released())),
                CataloguePage.of(Catalogue.load(TrainingObjective.class, released())));
        if (Boolean.getBoolean("paddock.docs.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        assertThat(page).isEqualTo(Files.readString(PAGE));
    }

    /** The class path without the entries that only tests have. */
    private static ClassLoader released() {
        return new ClassLoader(TrainingMethod.class.getClassLoader()) {
            @Override
            public java.util.Enumeration<java.net.URL> getResources(String name) throws java.io.IOException {
                return java.util.Collections.enumeration(java.util.Collections.list(super.getResources(name)).stream()
                        .filter(url -> !url.getPath().contains("test-classes"))
                        .toList());
            }
        };
    }
}
