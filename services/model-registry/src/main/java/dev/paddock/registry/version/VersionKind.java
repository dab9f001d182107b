package dev.paddock.registry.version;

/** What a version is. */
public enum VersionKind {
    BASE,
    ADAPTER,
    GUARD
}
