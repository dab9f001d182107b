package dev.paddock.registry.lineage;

/** Leads from a source to what was made of it. */
public record LineageEdge(End from, End to) {
    /** One end of an edge. */
    public record End(String kind, String id) {}
}
