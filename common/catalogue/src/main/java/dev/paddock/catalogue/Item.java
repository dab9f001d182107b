package dev.paddock.catalogue;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One entry of a catalogue.
 *
 * @param id its name in the API
 * @param family the group it belongs to
 * @param summary one line that says what it does
 * @param paper title of the paper that describes the mechanism
 * @param example an order for it; null in kinds whose entries are not ordered
 * @param parameters its parameters
 * @param implementation the entry's only instance
 * @param <T> the kind
 */
public record Item<T>(
        String id,
        String family,
        String summary,
        String paper,
        @Nullable ObjectNode example,
        Parameters<?> parameters,
        T implementation) {}
