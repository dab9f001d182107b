package dev.paddock.catalogue;

/**
 * One entry of a catalogue.
 *
 * @param id its name in the API
 * @param family the group it belongs to
 * @param summary one line that says what it does
 * @param paper title of the paper that describes the mechanism
 * @param parameters its parameters
 * @param implementation the entry's only instance
 * @param <T> the kind
 */
public record Item<T>(
        String id, String family, String summary, String paper, Parameters<?> parameters, T implementation) {}
