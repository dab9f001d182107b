package dev.paddock.dataset.recipe;

import dev.paddock.catalogue.EntryKind;
import java.io.IOException;

/** Makes rows of documents and uploads; deduplication and split follow for every recipe. */
@EntryKind("recipe")
public interface Recipe<P extends Record> {
    /** Reads the sources in their order and hands every row, and every decision about one, to {@code rows}. */
    void apply(P params, Sources sources, RowSink rows) throws IOException;
}
