package dev.paddock.registry.imports;

import dev.paddock.registry.version.ModelVersion;

/** The version on record, and whether this import put it there. */
public record Imported(ModelVersion version, boolean isNew) {}
