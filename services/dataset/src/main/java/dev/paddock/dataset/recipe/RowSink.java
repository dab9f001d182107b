package dev.paddock.dataset.recipe;

import dev.paddock.dataset.row.Example;
import dev.paddock.dataset.row.Origin;
import java.io.IOException;

/** Takes a recipe's rows and the reasons for what it dropped or changed. */
public interface RowSink {
    void row(Example example, Origin origin) throws IOException;

    /** A row that was changed; it is handed over with {@link #row} as well. */
    void changed(Origin origin, String reason, String detail) throws IOException;

    void dropped(Origin origin, String reason, String detail) throws IOException;
}
