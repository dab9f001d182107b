package dev.paddock.dataset.recipe;

import java.io.IOException;
import tools.jackson.databind.node.ObjectNode;

/** A recipe with all its parameters, defaults filled in. */
public record ReadyRecipe(String id, ObjectNode parameters, Run run) {
    /** The recipe bound to its parameters. */
    public interface Run {
        void apply(Sources sources, RowSink rows) throws IOException;
    }
}
