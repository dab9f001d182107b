package dev.paddock.methods.drafting;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.contract.CatalogueContract;

/** Every drafting method keeps the catalogue's contract. */
class DraftingCatalogueTest extends CatalogueContract {
    @Override
    protected Catalogue<?> catalogue() {
        return Catalogue.load(DraftingMethod.class);
    }
}
