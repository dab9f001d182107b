package dev.paddock.registry.version;

/** What is known of a version when it is put on record. */
public record NewVersion(VersionKind kind, String name, String digest, Origin origin, String createdBy) {}
