package dev.paddock.methods.drafting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.CataloguePage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/catalogue/drafting-methods.md} says what the classes say; {@code -Dpaddock.docs.write=true} renews it. */
class DraftingMethodsPageTest {
    private static final Path PAGE = Path.of("../../docs/catalogue/drafting-methods.md");

    @Test
    void thePageIsFresh() throws Exception {
        String page = CataloguePage.of(Catalogue.load(DraftingMethod.class));
        if (Boolean.getBoolean("paddock.docs.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        assertThat(page).isEqualTo(Files.readString(PAGE));
    }
}
