package dev.paddock.registry.version;

/** The verdict of an evaluation; only {@link #PASS} lets a version be approved. */
public enum Gate {
    PASS,
    FAIL,
    INCONCLUSIVE
}
