package dev.paddock.methods.merging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.CataloguePage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/catalogue/merging-methods.md} says what the classes say; {@code -Dpaddock.docs.write=true} renews it. */
class MergingMethodsPageTest {
    private static final Path PAGE = Path.of("../../docs/catalogue/merging-methods.md");

    @Test
    void thePageIsFresh() throws Exception {
        String page = CataloguePage.of(Catalogue.load(MergingMethod.class, released()));
        if (Boolean.getBoolean("paddock.docs.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        assertThat(page).isEqualTo(Files.readString(PAGE));
    }

    /** The class path without the entries that only tests have. */
    private static ClassLoader released() {
        return new ClassLoader(MergingMethod.class.getClassLoader()) {
            @Override
            public java.util.Enumeration<java.net.URL> getResources(String name) throws java.io.IOException {
                return java.util.Collections.enumeration(java.util.Collections.list(super.getResources(name)).stream()
                        .filter(url -> !url.getPath().contains("test-classes"))
                        .toList());
            }
        };
    }
}
