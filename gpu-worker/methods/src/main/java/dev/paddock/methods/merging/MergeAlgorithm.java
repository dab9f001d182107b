package dev.paddock.methods.merging;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How weights are mixed, by mergekit's names. */
public enum MergeAlgorithm {
    /** Weighted mean or sum of the sources. */
    @JsonProperty("linear")
    LINEAR,
    /** Spherical interpolation between two sources. */
    @JsonProperty("slerp")
    SLERP,
    /** Largest changes of the base by each source; signs elected. */
    @JsonProperty("ties")
    TIES,
    /** Changes of the base by each source, most dropped at random and the rest scaled up. */
    @JsonProperty("dare_linear")
    DARE_LINEAR,
    /** As dare_linear, with signs elected. */
    @JsonProperty("dare_ties")
    DARE_TIES
}
