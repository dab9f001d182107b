package dev.paddock.methods.merging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.contract.CatalogueContract;
import dev.paddock.methods.training.TrainingMethod;
import org.junit.jupiter.api.Test;

/** Every merging method keeps the catalogue's contract, and no training method has its name. */
@SuppressWarnings("rawtypes") // a class literal has no type arguments
class MergingCatalogueTest extends CatalogueContract {
    private final Catalogue<MergingMethod> methods = Catalogue.load(MergingMethod.class);

    @Override
    protected Catalogue<?> catalogue() {
        return methods;
    }

    @Test
    void ordersTellMethodsApartByNameAlone() {
        assertThat(methods.ids())
                .doesNotContainAnyElementsOf(
                        Catalogue.load(TrainingMethod.class).ids());
    }

    @Test
    void everyMethodSaysWhichVersionsItReads() {
        assertThat(methods.items()).allSatisfy(method -> {
            SourceRule sources = method.implementation().sources();
            assertThat(sources.fewest()).isBetween(1, sources.most());
            assertThat(sources.roles().size()).isIn(0, sources.most());
        });
    }
}
