package dev.paddock.methods.objective;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.contract.CatalogueContract;

/** Every objective keeps the catalogue's contract. */
class ObjectiveCatalogueTest extends CatalogueContract {
    @Override
    protected Catalogue<?> catalogue() {
        return Catalogue.load(TrainingObjective.class);
    }
}
