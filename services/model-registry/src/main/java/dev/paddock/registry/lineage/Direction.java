package dev.paddock.registry.lineage;

/** Up to the sources, down to what was made, or both. */
public enum Direction {
    UP,
    DOWN,
    BOTH
}
