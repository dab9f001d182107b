package dev.paddock.guard.model;

import dev.paddock.contracts.inference.ModelReference;
import java.util.UUID;

/** A guard version with what a worker loads for it. */
public record GuardModel(UUID versionId, ModelReference reference) {}
