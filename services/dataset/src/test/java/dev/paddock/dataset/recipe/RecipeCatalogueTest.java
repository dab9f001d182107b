package dev.paddock.dataset.recipe;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.contract.CatalogueContract;

class RecipeCatalogueTest extends CatalogueContract {
    @Override
    protected Catalogue<?> catalogue() {
        return Catalogue.load(Recipe.class);
    }
}
