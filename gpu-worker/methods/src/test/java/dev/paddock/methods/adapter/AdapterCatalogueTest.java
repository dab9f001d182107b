package dev.paddock.methods.adapter;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.contract.CatalogueContract;

/** Every adapter keeps the catalogue's contract. */
class AdapterCatalogueTest extends CatalogueContract {
    @Override
    protected Catalogue<?> catalogue() {
        return Catalogue.load(TrainingAdapter.class);
    }
}
