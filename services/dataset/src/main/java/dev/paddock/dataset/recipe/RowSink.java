package dev.paddock.dataset.recipe;

import dev.paddock.dataset.row.Example;
import dev.paddock.dataset.row.Origin;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes a recipe's rows and the reasons for what it dropped or changed: each row is handed over or dropped once. */
public interface RowSink {
    /** What a recipe did to a row that it hands over. */
    record Change(String reason, String detail) {}

    /** A row, and how the recipe changed it, if it did. */
    void row(Example example, Origin origin, @Nullable Change change) throws IOException;

    void dropped(Origin origin, String reason, String detail) throws IOException;
}
