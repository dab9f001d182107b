package dev.paddock.evaluation.suite;

import java.util.List;

/** The items of a suite for one version and how they are scored; the digest names their content. */
public record SuiteItems(String digest, Protocol protocol, List<Item> items) {
    public SuiteItems {
        items = List.copyOf(items);
    }
}
