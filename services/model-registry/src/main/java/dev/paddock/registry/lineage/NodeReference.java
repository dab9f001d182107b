package dev.paddock.registry.lineage;

import java.util.UUID;

/** A node's name. */
public record NodeReference(NodeKind kind, String id) {
    public static NodeReference of(NodeKind kind, UUID id) {
        return new NodeReference(kind, id.toString());
    }
}
