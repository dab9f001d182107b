package dev.paddock.registry.lineage;

import java.util.List;

/** The part of the graph that hangs together with one node; truncated when it is larger than one answer may be. */
public record LineageGraph(List<LineageNode> nodes, List<LineageEdge> edges, boolean truncated) {}
