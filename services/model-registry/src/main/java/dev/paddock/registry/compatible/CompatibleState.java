package dev.paddock.registry.compatible;

/** Where a compatible-base record stands. */
public enum CompatibleState {
    PENDING,
    APPROVED,
    REJECTED
}
